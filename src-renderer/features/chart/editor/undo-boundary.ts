import { Facet } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { isolateHistory } from '@codemirror/commands';
import type { TextChange } from './text-change.ts';

/** Ends the undo step that is being gathered; given by the binding to a shared text. */
export const undoBoundary = Facet.define<() => void, (() => void) | null>({ combine: (values) => values[0] ?? null });

/** Applies changes as one undo step of their own, in a shared text and in a private one alike. */
export function applyAsOneStep(view: EditorView, changes: readonly TextChange[], userEvent: string, cursor?: number): boolean {
  if (view.state.readOnly || changes.length === 0) return false;
  const endStep = view.state.facet(undoBoundary);
  endStep?.();
  view.dispatch({
    changes,
    userEvent,
    annotations: isolateHistory.of('full'),
    ...(cursor === undefined ? {} : { selection: { anchor: cursor }, scrollIntoView: true }),
  });
  endStep?.();
  return true;
}
