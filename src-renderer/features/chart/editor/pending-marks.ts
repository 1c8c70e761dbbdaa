import { StateEffect, StateField, type EditorState, type Extension } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';

/** Characters of the source; an empty place where something was deleted. */
export interface PendingPlace {
  from: number;
  to: number;
}

const setPlaces = StateEffect.define<readonly PendingPlace[]>();

const mark = Decoration.line({ class: 'cm-pending-mark' });

/** One mark a line, however much of it waits. */
function marksOf({ doc }: EditorState, places: readonly PendingPlace[]): DecorationSet {
  const starts = new Set<number>();
  for (const { from, to } of places) {
    const last = doc.lineAt(Math.min(to, doc.length)).number;
    for (let line = doc.lineAt(Math.min(from, doc.length)).number; line <= last; line++) starts.add(doc.line(line).from);
  }
  return Decoration.set(
    [...starts].map((at) => mark.range(at)),
    true,
  );
}

const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (held, transaction) => {
    const effect = transaction.effects.findLast((each) => each.is(setPlaces));
    return effect === undefined ? held.map(transaction.changes) : marksOf(transaction.state, effect.value);
  },
  provide: (field) => EditorView.decorations.from(field),
});

/**
 * A thin stroke at the edge of the lines; what it says is said in words by the connection. No gutter: that is measured and laid out with
 * each letter, whether anything waits or not.
 */
export function pendingMarks(): Extension {
  return [
    marks,
    EditorView.theme({
      '.cm-pending-mark': { boxShadow: 'inset 3px 0 color-mix(in srgb, var(--chart-accent) 70%, transparent)' },
    }),
  ];
}

/** Marks the lines of what waits, and no others. */
export function showPending(view: EditorView, places: readonly PendingPlace[]): void {
  view.dispatch({ effects: setPlaces.of(places) });
}
