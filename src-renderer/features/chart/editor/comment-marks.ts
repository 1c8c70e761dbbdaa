import { StateEffect, StateField, type EditorState, type Extension } from '@codemirror/state';
import { Decoration, EditorView, keymap, type DecorationSet } from '@codemirror/view';

/** Words of the source that are commented on. */
export interface SourceMark {
  id: string;
  from: number;
  to: number;
  /** `#rrggbb`: who began it. */
  color: string;
  isChosen: boolean;
}

export const setMarks = StateEffect.define<readonly SourceMark[]>();

const fallbackColor = '#6b6560';

/** A colour goes into a style: nothing else may. */
function safeColor(color: string): string {
  return /^#[0-9a-f]{6}$/iu.test(color) ? color : fallbackColor;
}

function decorate(marks: readonly SourceMark[], length: number): DecorationSet {
  const ranges = marks.flatMap(({ id, from, to, color, isChosen }) => {
    const end = Math.min(to, length);
    if (from >= end) return [];
    const name = isChosen ? 'cm-commented cm-commented-chosen' : 'cm-commented';
    return [Decoration.mark({ class: name, attributes: { style: `--comment-color: ${safeColor(color)}` }, id }).range(from, end)];
  });
  return Decoration.set(ranges, true);
}

/** Marks travel with every edit; what is written at their edges stays outside. */
const marksField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marks, transaction) => {
    const effect = transaction.effects.findLast((each) => each.is(setMarks));
    return effect === undefined ? marks.map(transaction.changes) : decorate(effect.value, transaction.newDoc.length);
  },
  provide: (field) => EditorView.decorations.from(field),
});

const look = EditorView.baseTheme({
  '.cm-commented': {
    borderBottom: '2px solid var(--comment-color)',
    backgroundColor: 'color-mix(in srgb, var(--comment-color) 14%, transparent)',
  },
  '.cm-commented-chosen': { backgroundColor: 'color-mix(in srgb, var(--comment-color) 34%, transparent)' },
});

/** Draws the marks that `setMarks` tells. */
export const markedWords: Extension = [marksField, look];

export function showMarks(view: EditorView, marks: readonly SourceMark[]): void {
  view.dispatch({ effects: setMarks.of(marks) });
}

/** The shortest commented words around a place: the innermost where comments overlap. */
function markAt(state: EditorState, at: number): string | null {
  let found: { id: string; length: number } | null = null;
  state.field(marksField).between(at, at, (from, to, { spec }) => {
    const { id }: { id?: unknown } = spec;
    if (typeof id === 'string' && id !== '' && (found === null || to - from < found.length)) found = { id, length: to - from };
  });
  return (found as { id: string } | null)?.id ?? null;
}

/** What a comment would be about: the selected words, else the chord or word at the caret, else its line; null where nothing stands. */
export function commentPlace(state: EditorState): { from: number; to: number } | null {
  const { main } = state.selection;
  const line = state.doc.lineAt(main.head);
  const trimmed = (from: number, to: number): { from: number; to: number } | null => {
    const text = state.sliceDoc(from, to);
    const start = from + text.length - text.trimStart().length;
    const end = start + text.trim().length;
    return start < end ? { from: start, to: end } : null;
  };
  if (!main.empty) return trimmed(main.from, main.to);
  for (const { index, 0: word } of line.text.matchAll(/\[[^\]]*\]|[^\s[\]]+/gu)) {
    const from = line.from + index;
    if (from <= main.head && main.head <= from + word.length) return { from, to: from + word.length };
  }
  return trimmed(line.from, line.to);
}

export interface CommentKeys {
  /** The key for a comment was pressed. */
  onComment: (place: { from: number; to: number } | null) => void;
  /** The caret was put into commented words. */
  onMark: (id: string) => void;
}

export function commentMarks({ onComment, onMark }: CommentKeys): Extension {
  return [
    markedWords,
    keymap.of([
      {
        key: 'Mod-Alt-m',
        preventDefault: true,
        run: ({ state }) => {
          onComment(commentPlace(state));
          return true;
        },
      },
    ]),
    EditorView.updateListener.of(({ state, selectionSet, transactions }) => {
      if (!selectionSet || !transactions.some((transaction) => transaction.isUserEvent('select'))) return;
      const id = markAt(state, state.selection.main.head);
      if (id !== null) onMark(id);
    }),
  ];
}
