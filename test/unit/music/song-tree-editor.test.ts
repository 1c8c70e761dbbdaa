import { defineLanguageFacet, ensureSyntaxTree, foldable, foldNodeProp, Language } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { expect, test } from 'vitest';
import { SongParser, songParser } from '../../../shared/music/song-tree.ts';
import { treeOutline } from './tree-outline.ts';

const folding = foldNodeProp.add({ Section: (node) => ({ from: (node.firstChild?.to ?? 1) - 1, to: node.lastChild?.from ?? 0 }) });
const language = new Language(defineLanguageFacet(), new SongParser([folding]), [], 'chordpro');

test('in the editor, edit after edit, the tree is what a new parse gives', () => {
  const inserted = ['x', '{', '}', '\n', '{sot}\n', '[', ']', '{eot}\n', '\n{eov}\n', '\r\n', ''];
  let state = EditorState.create({ doc: '{sov}\n[G]a\n{eov}\n\nb\n'.repeat(50), extensions: [language.extension] });
  for (let edit = 0; edit < 300; edit += 1) {
    const at = (edit * 7919) % state.doc.length;
    const to = Math.min(state.doc.length, at + (edit % 5));
    state = state.update({ changes: { from: at, to, insert: inserted[edit % inserted.length] ?? '' } }).state;
    const tree = ensureSyntaxTree(state, state.doc.length, 60_000);
    if (tree === null) throw new Error('not parsed');
    expect(treeOutline(tree)).toBe(treeOutline(songParser.parse(state.doc.toString())));
  }
});

test('sections fold', () => {
  const state = EditorState.create({ doc: '{sov}\n[G]a\n{eov}\n', extensions: [language.extension] });
  expect(foldable(state, 0, 5)).toEqual({ from: 5, to: 11 });
});
