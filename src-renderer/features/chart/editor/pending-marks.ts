import { RangeSet, StateEffect, StateField, type EditorState, type Extension } from '@codemirror/state';
import { EditorView, gutter, GutterMarker } from '@codemirror/view';

/** Characters of the source; an empty place where something was deleted. */
export interface PendingPlace {
  from: number;
  to: number;
}

const setPlaces = StateEffect.define<readonly PendingPlace[]>();

class PendingMarker extends GutterMarker {
  override elementClass = 'cm-pending-mark';
}
const marker = new PendingMarker();

/** One mark a line, however much of it waits. */
function marksOf({ doc }: EditorState, places: readonly PendingPlace[]): RangeSet<GutterMarker> {
  const starts = new Set<number>();
  for (const { from, to } of places) {
    const last = doc.lineAt(Math.min(to, doc.length)).number;
    for (let line = doc.lineAt(Math.min(from, doc.length)).number; line <= last; line++) starts.add(doc.line(line).from);
  }
  return RangeSet.of(
    [...starts].map((at) => marker.range(at)),
    true,
  );
}

const marks = StateField.define<RangeSet<GutterMarker>>({
  create: () => RangeSet.empty,
  update: (held, transaction) => {
    const effect = transaction.effects.findLast((each) => each.is(setPlaces));
    return effect === undefined ? held.map(transaction.changes) : marksOf(transaction.state, effect.value);
  },
});

/** A thin column beside the lines; what it says is said in words by the connection. */
export function pendingMarks(): Extension {
  return [
    marks,
    gutter({ class: 'cm-pending-gutter', markers: (view) => view.state.field(marks) }),
    EditorView.theme({
      '.cm-pending-gutter': { width: '3px' },
      '.cm-pending-mark': { backgroundColor: 'var(--chart-accent)', opacity: '0.7' },
    }),
  ];
}

/** Marks the lines of what waits, and no others. */
export function showPending(view: EditorView, places: readonly PendingPlace[]): void {
  view.dispatch({ effects: setPlaces.of(places) });
}
