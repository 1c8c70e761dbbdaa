import { startCompletion } from '@codemirror/autocomplete';
import { EditorSelection, type Extension } from '@codemirror/state';
import { keymap, type Command, type EditorView } from '@codemirror/view';
import { detectNotationFrom } from '../../../../shared/music/detect-notation.ts';
import { transposeChanges } from '../../../../shared/music/transpose-text.ts';
import { fromOverLyrics, isChordLine, toOverLyrics } from './over-lyrics.ts';
import { blockAt, songBlocks } from './song-blocks.ts';
import { applyAsOneStep } from './undo-boundary.ts';

/** The whole song, for everybody, as one step of undo. */
export function transposeSong(view: EditorView, semitones: number): boolean {
  const changes = transposeChanges(view.state.sliceDoc(), { semitones });
  return changes !== null && applyAsOneStep(view, changes, 'input.transpose');
}

/** Brackets at the caret, with the chords of the song to pick from. */
export const insertChord: Command = (view) => {
  if (view.state.readOnly) return false;
  view.dispatch(
    view.state.changeByRange((range) => ({
      changes: { from: range.from, to: range.to, insert: '[]' },
      range: EditorSelection.cursor(range.from + 1),
    })),
    { userEvent: 'input.chord', scrollIntoView: true },
  );
  startCompletion(view);
  return true;
};

/** The line under the caret from ChordPro to chords over words, or back. */
export const toggleOverLyrics: Command = (view) => {
  const { doc, selection } = view.state;
  const line = doc.lineAt(selection.main.head);
  const text = line.text.replace(/\r$/u, '');
  const to = line.from + text.length;
  const { system } = detectNotationFrom(view.state.sliceDoc(), 0);
  if (isChordLine(text, system) && line.number < doc.lines) {
    const next = doc.line(line.number + 1);
    const lyrics = next.text.replace(/\r$/u, '');
    const joined = fromOverLyrics(text, lyrics);
    return applyAsOneStep(view, [{ from: line.from, to: next.from + lyrics.length, insert: joined }], 'input.toggle', line.from);
  }
  if (!/\[[^\]]+\]/u.test(text)) return false;
  const { chords, lyrics } = toOverLyrics(text);
  const lineEnd = line.text.endsWith('\r') ? '\r\n' : '\n';
  return applyAsOneStep(view, [{ from: line.from, to, insert: `${chords}${lineEnd}${lyrics}` }], 'input.toggle', line.from);
};

function moveSection(by: 1 | -1): Command {
  return (view) => {
    const text = view.state.sliceDoc();
    const blocks = songBlocks(text);
    const head = view.state.selection.main.head;
    const at = blockAt(blocks, head);
    const block = blocks[at];
    const other = at === -1 ? undefined : blocks[at + by];
    if (block === undefined || other === undefined) return false;
    const [first, second] = by === 1 ? [block, other] : [other, block];
    const firstText = text.slice(first.from, first.to);
    const secondText = text.slice(second.from, second.to);
    const grown = secondText.length - firstText.length;
    const moved = by === 1 ? second.from + grown : first.from;
    return applyAsOneStep(
      view,
      [
        { from: first.from, to: first.to, insert: secondText },
        { from: second.from, to: second.to, insert: firstText },
      ],
      'move.section',
      moved + (head - block.from),
    );
  };
}

export const moveSectionUp: Command = moveSection(-1);
export const moveSectionDown: Command = moveSection(1);

export const duplicateSection: Command = (view) => {
  const text = view.state.sliceDoc();
  const head = view.state.selection.main.head;
  const blocks = songBlocks(text);
  const block = blocks[blockAt(blocks, head)];
  if (block === undefined) return false;
  const lineEnd = text.startsWith('\r\n', block.to) ? '\r\n' : '\n';
  const insert = `${lineEnd}${lineEnd}${text.slice(block.from, block.to)}`;
  return applyAsOneStep(view, [{ from: block.to, to: block.to, insert }], 'input.duplicate', head + insert.length);
};

/** Selects the name of the section the caret is in, or makes room for one: typing then renames it. */
export const renameSection: Command = (view) => {
  const text = view.state.sliceDoc();
  const blocks = songBlocks(text);
  const block = blocks[blockAt(blocks, view.state.selection.main.head)];
  if (block?.opening === null || block === undefined) return false;
  const opening = text.slice(block.opening.from, block.opening.to);
  const label = /label\s*=\s*"([^"]*)"/u.exec(opening) ?? /:\s*([^}]*?)\s*\}/u.exec(opening);
  if (label !== null) {
    const from = block.opening.from + label.index + label[0].indexOf(label[1] ?? '', label[0].startsWith('label') ? 6 : 1);
    view.dispatch({ selection: { anchor: from, head: from + (label[1] ?? '').length }, scrollIntoView: true });
    return true;
  }
  const brace = block.opening.from + opening.lastIndexOf('}');
  return applyAsOneStep(view, [{ from: brace, to: brace, insert: ': ' }], 'input.rename', brace + 2);
};

/** By the names that menus know them. */
export const sourceCommands = {
  'insert-chord': insertChord,
  'toggle-over-lyrics': toggleOverLyrics,
  'duplicate-section': duplicateSection,
  'section-up': moveSectionUp,
  'section-down': moveSectionDown,
  'rename-section': renameSection,
} as const satisfies Record<string, Command>;

export type SourceCommand = keyof typeof sourceCommands;

/** `onTransposed` hears of it, so that the page can offer to undo it. */
export function songCommands(onTransposed: (semitones: number) => void): Extension {
  const transpose = (semitones: number): Command => {
    return (view) => {
      if (transposeSong(view, semitones)) onTransposed(semitones);
      // Taken in any case: elsewhere the keys would select to the start of the text.
      return true;
    };
  };
  return keymap.of([
    { key: 'Mod-Shift-ArrowUp', run: transpose(1), preventDefault: true },
    { key: 'Mod-Shift-ArrowDown', run: transpose(-1), preventDefault: true },
    { key: 'Mod-[', run: insertChord, preventDefault: true },
    { key: 'Mod-Shift-l', run: toggleOverLyrics, preventDefault: true },
    { key: 'Alt-PageUp', run: moveSectionUp, preventDefault: true },
    { key: 'Alt-PageDown', run: moveSectionDown, preventDefault: true },
    { key: 'Mod-Shift-d', run: duplicateSection, preventDefault: true },
    { key: 'F2', run: renameSection, preventDefault: true },
  ]);
}
