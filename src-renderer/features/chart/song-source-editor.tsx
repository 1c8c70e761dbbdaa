import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useImperativeHandle, useRef, type ReactElement, type Ref } from 'react';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import './chart.css';
import { commentMarks, showMarks, type SourceMark } from './editor/comment-marks.ts';
import { editorBase } from './editor/editor-base.ts';
import { pendingMarks, showPending, type PendingPlace } from './editor/pending-marks.ts';
import { sourceEditorHandle, type SourceEditorHandle } from './editor/source-editor-handle.ts';
import { SourceBinding } from './editor/source-binding.ts';

export interface SongSourceEditorProps {
  text: Y.Text;
  awareness: Awareness;
  /** Selectable all the same. */
  isReadOnly: boolean;
  /** Grows when the document behind `text` was replaced. */
  documentVersion: number;
  /** Offset of the caret in the source, after it moved. */
  onCursor?: (offset: number) => void;
  /** The shared song was transposed by the keyboard: the moment for a notice with undo. */
  onTransposed?: (semitones: number) => void;
  /** Commented words, read anew when this is another function; they follow edits by themselves. */
  marks?: () => readonly SourceMark[];
  /** Own changes that wait for their record: their lines have a thin mark. */
  pending?: readonly PendingPlace[];
  /** The key for a comment was pressed; null where there is nothing to comment on. */
  onComment?: (place: { from: number; to: number } | null) => void;
  /** The caret was put into marked words. */
  onMark?: (id: string) => void;
  /** For what the page does in the source: transposing, undo, showing a place. */
  ref?: Ref<SourceEditorHandle>;
}

interface Open {
  view: EditorView;
  binding: SourceBinding;
  bound: { text: Y.Text; awareness: Awareness; isReadOnly: boolean; documentVersion: number };
}

/** The source of a shared song: everybody types in it at once. */
export function SongSourceEditor(props: SongSourceEditorProps): ReactElement {
  const { text, awareness, isReadOnly, documentVersion, marks, pending, onCursor, onTransposed, onComment, onMark, ref } = props;
  const host = useRef<HTMLDivElement>(null);
  const open = useRef<Open | null>(null);
  const listeners = useRef({ onCursor, onTransposed, onComment, onMark });
  const first = useRef({ text, awareness, isReadOnly, documentVersion });

  useEffect(() => {
    listeners.current = { onCursor, onTransposed, onComment, onMark };
  }, [onCursor, onTransposed, onComment, onMark]);

  useImperativeHandle(ref, () => sourceEditorHandle(() => open.current?.view ?? null), []);

  useEffect(() => {
    const parent = host.current;
    if (parent === null) return undefined;
    const bound = first.current;
    const binding = new SourceBinding();
    const view = new EditorView({
      parent,
      state: EditorState.create({
        doc: bound.text.toJSON(),
        extensions: [
          binding.extension(bound),
          commentMarks({
            onComment: (place) => listeners.current.onComment?.(place),
            onMark: (id) => listeners.current.onMark?.(id),
          }),
          pendingMarks(),
          editorBase((semitones) => listeners.current.onTransposed?.(semitones)),
          EditorView.updateListener.of((update) => {
            if (update.selectionSet) listeners.current.onCursor?.(update.state.selection.main.head);
          }),
        ],
      }),
    });
    open.current = { view, binding, bound };
    return () => {
      open.current = null;
      view.destroy();
      binding.destroy();
    };
  }, []);

  useEffect(() => {
    const next = { text, awareness, isReadOnly, documentVersion };
    first.current = next;
    const current = open.current;
    if (current === null) return;
    const { bound } = current;
    const isSame =
      bound.text === text && bound.awareness === awareness && bound.isReadOnly === isReadOnly && bound.documentVersion === documentVersion;
    if (isSame) return;
    current.binding.rebind(current.view, next);
    // Another song, not the same one again: it begins at its beginning.
    if (bound.text !== text && bound.documentVersion === documentVersion) {
      current.view.dispatch({ selection: { anchor: 0 }, effects: EditorView.scrollIntoView(0) });
    }
    current.bound = next;
  }, [text, awareness, isReadOnly, documentVersion]);

  // After the text was bound: marks are places in it.
  useEffect(() => {
    const view = open.current?.view;
    if (view !== undefined && marks !== undefined) showMarks(view, marks());
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [marks, text, documentVersion]);

  useEffect(() => {
    const view = open.current?.view;
    if (view !== undefined && pending !== undefined) showPending(view, pending);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [pending, text, documentVersion]);

  return <div ref={host} className="chart-source" />;
}
