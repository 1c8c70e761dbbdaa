import { redo, undo } from '@codemirror/commands';
import { EditorSelection } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { commentPlace } from './comment-marks.ts';
import { sourceCommands, transposeSong, type SourceCommand } from './song-commands.ts';
import { sharedUndo } from './undo-boundary.ts';

/** What a page may do in an open source editor. Each answers whether anything was done. */
export interface SourceEditorHandle {
  /** The song for everybody, one step of undo. */
  transpose(semitones: number): boolean;
  undo(): boolean;
  redo(): boolean;
  /** What the keys do, for those who do not know them; the editor has the focus then. */
  run(command: SourceCommand): boolean;
  /** Selects a place and brings it into sight, as for a chord pressed in the chart. */
  reveal(from: number, to: number): boolean;
  /** What a comment would be about; null where there is nothing. */
  commentPlace(): { from: number; to: number } | null;
  focus(): void;
}

export function sourceEditorHandle(view: () => EditorView | null): SourceEditorHandle {
  const step = (which: 'undo' | 'redo'): boolean => {
    const open = view();
    if (open === null || open.state.readOnly) return false;
    const shared = open.state.facet(sharedUndo);
    if (shared !== null) return shared[which]();
    return which === 'undo' ? undo(open) : redo(open);
  };
  return {
    transpose: (semitones) => {
      const open = view();
      return open !== null && transposeSong(open, semitones);
    },
    undo: () => step('undo'),
    redo: () => step('redo'),
    run: (command) => {
      const open = view();
      if (open === null) return false;
      open.focus();
      return sourceCommands[command](open);
    },
    reveal: (from, to) => {
      const open = view();
      if (open === null) return false;
      const length = open.state.doc.length;
      const selection = EditorSelection.single(Math.min(from, length), Math.min(to, length));
      open.dispatch({ selection, effects: EditorView.scrollIntoView(selection.main, { y: 'center' }) });
      open.focus();
      return true;
    },
    commentPlace: () => {
      const open = view();
      return open === null ? null : commentPlace(open.state);
    },
    focus: () => view()?.focus(),
  };
}
