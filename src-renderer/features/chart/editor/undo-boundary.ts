import { isolateHistory } from '@codemirror/commands';
import { Facet } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import type { TextChange } from './text-change.ts';

/** Undo of a shared text, given by the binding to it; without it the editor's own history counts. */
export interface SharedUndo {
  /** Ends the step that is being gathered. */
  endStep(): void;
  undo(): boolean;
  redo(): boolean;
}

export const sharedUndo = Facet.define<SharedUndo, SharedUndo | null>({ combine: (values) => values[0] ?? null });

/** Applies changes as one undo step of their own, in a shared text and in a private one alike. */
export function applyAsOneStep(view: EditorView, changes: readonly TextChange[], userEvent: string, cursor?: number): boolean {
  if (view.state.readOnly || changes.length === 0) return false;
  const shared = view.state.facet(sharedUndo);
  shared?.endStep();
  view.dispatch({
    changes,
    userEvent,
    annotations: isolateHistory.of('full'),
    ...(cursor === undefined ? {} : { selection: { anchor: cursor }, scrollIntoView: true }),
  });
  shared?.endStep();
  return true;
}
