import {
  codeFolding,
  defineLanguageFacet,
  foldKeymap,
  foldNodeProp,
  HighlightStyle,
  Language,
  languageDataProp,
  syntaxHighlighting,
} from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { SongParser } from '../../../../shared/music/song-tree.ts';

const languageData = defineLanguageFacet({
  closeBrackets: { brackets: ['[', '{'] },
  commentTokens: { line: '#' },
});

/** The same tree that charts are made of; a keystroke reads its own line anew. */
const parser = new SongParser([
  languageDataProp.add({ Song: languageData }),
  foldNodeProp.add((type) => {
    if (type.name !== 'Section' && type.name !== 'OpenSection') return undefined;
    return (node, state) => {
      const first = state.doc.lineAt(node.from);
      const last = state.doc.lineAt(Math.max(node.from, node.to - 1));
      return last.number > first.number ? { from: first.to, to: last.to } : null;
    };
  }),
]);

// The compiler reads the declarations of @lezer/common twice here, once as CommonJS by way of the built types of shared/, and
// takes the two for different classes. At run time there is one.
export const chordproLanguage = new Language(languageData, parser as unknown as Language['parser'], [], 'chordpro');

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.squareBracket], color: 'var(--chart-accent)', fontWeight: '600' },
  { tag: tags.annotation, color: 'var(--chart-accent)', fontStyle: 'italic' },
  { tag: [tags.brace, tags.separator, tags.punctuation], color: 'var(--chart-muted)' },
  { tag: [tags.tagName, tags.modifier], color: 'var(--chart-muted)' },
  { tag: tags.attributeValue, color: 'var(--chart-value)' },
  { tag: tags.docComment, color: 'var(--chart-value)', fontStyle: 'italic' },
  { tag: tags.lineComment, color: 'var(--chart-muted)', fontStyle: 'italic' },
]);

export function chordpro(): Extension {
  return [chordproLanguage, syntaxHighlighting(colours), codeFolding(), keymap.of(foldKeymap)];
}
