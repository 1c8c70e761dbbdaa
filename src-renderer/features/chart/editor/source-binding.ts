import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { keymap, type EditorView } from '@codemirror/view';
import { yCollab, yUndoManagerKeymap } from 'y-codemirror.next';
import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { remoteCursors } from './remote-cursors.ts';
import { changeBetween } from './text-change.ts';
import { sharedUndo } from './undo-boundary.ts';

/** A new undo step begins after this pause in typing. */
const captureTimeoutMs = 500;

export interface BoundText {
  text: Y.Text;
  awareness: Awareness;
  isReadOnly: boolean;
}

/** Ties one editor to a shared text, and to another one when the document was replaced. */
export class SourceBinding {
  readonly #compartment = new Compartment();
  #undoManager: Y.UndoManager | null = null;

  /** The part of the editor's extensions that this binding owns. */
  extension(bound: BoundText): Extension {
    return this.#compartment.of(this.#bind(bound));
  }

  /**
   * Binds the open editor anew. What both texts share stays in place, and with it scroll and selection; undo begins afresh,
   * since its steps belong to the document that is gone.
   */
  rebind(view: EditorView, bound: BoundText): void {
    // Unbound first: the change below follows the new document and must not be written to the old one.
    view.dispatch({ effects: this.#compartment.reconfigure([]) });
    this.#undoManager?.destroy();
    const change = changeBetween(view.state.sliceDoc(), bound.text.toJSON());
    if (change !== null) view.dispatch({ changes: change, filter: false });
    view.dispatch({ effects: this.#compartment.reconfigure(this.#bind(bound)) });
  }

  destroy(): void {
    this.#undoManager?.destroy();
    this.#undoManager = null;
  }

  #bind({ text, awareness, isReadOnly }: BoundText): Extension {
    if (isReadOnly) {
      this.#undoManager = null;
      return [EditorState.readOnly.of(true), yCollab(text, null, { undoManager: false }), remoteCursors(text, awareness)];
    }
    // Only origins named here are undone, and the sync adds its own: other people's edits and imports are not ours to undo.
    const undoManager = new Y.UndoManager(text, { trackedOrigins: new Set(), captureTimeout: captureTimeoutMs });
    this.#undoManager = undoManager;
    return [
      sharedUndo.of({
        endStep: () => undoManager.stopCapturing(),
        undo: () => undoManager.undo() !== null,
        redo: () => undoManager.redo() !== null,
      }),
      keymap.of([...yUndoManagerKeymap]),
      yCollab(text, null, { undoManager }),
      remoteCursors(text, awareness),
    ];
  }
}
