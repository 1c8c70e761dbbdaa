import { history, historyKeymap } from '@codemirror/commands';
import { Annotation, Compartment, EditorState } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { useEffect, useImperativeHandle, useRef, type ReactElement, type Ref } from 'react';
import './chart.css';
import { editorBase } from './editor/editor-base.ts';
import { sourceEditorHandle, type SourceEditorHandle } from './editor/source-editor-handle.ts';
import { changeBetween } from './editor/text-change.ts';

export interface PlainSourceEditorProps {
  value: string;
  onChange: (value: string) => void;
  isReadOnly?: boolean;
  /** As in the editor of a shared song. */
  onTransposed?: (semitones: number) => void;
  ref?: Ref<SourceEditorHandle>;
}

/** Marks what came from the property, so that it is not reported back. */
const fromProperty = Annotation.define<boolean>();

/** The source of a song in one's own library: the same editor without company. */
export function PlainSourceEditor(props: PlainSourceEditorProps): ReactElement {
  const { value, onChange, isReadOnly = false, onTransposed, ref } = props;
  const host = useRef<HTMLDivElement>(null);
  const open = useRef<{ view: EditorView; access: Compartment } | null>(null);
  const listeners = useRef({ onChange, onTransposed });
  const first = useRef({ value, isReadOnly });

  useEffect(() => {
    listeners.current = { onChange, onTransposed };
  }, [onChange, onTransposed]);

  useImperativeHandle(ref, () => sourceEditorHandle(() => open.current?.view ?? null), []);

  useEffect(() => {
    const parent = host.current;
    if (parent === null) return undefined;
    const access = new Compartment();
    const view = new EditorView({
      parent,
      state: EditorState.create({
        doc: first.current.value,
        extensions: [
          access.of(EditorState.readOnly.of(first.current.isReadOnly)),
          history(),
          keymap.of([...historyKeymap]),
          editorBase((semitones) => listeners.current.onTransposed?.(semitones)),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged || update.transactions.some((transaction) => transaction.annotation(fromProperty) === true)) return;
            listeners.current.onChange(update.state.sliceDoc());
          }),
        ],
      }),
    });
    open.current = { view, access };
    return () => {
      open.current = null;
      view.destroy();
    };
  }, []);

  useEffect(() => {
    first.current = { value, isReadOnly };
    const current = open.current;
    if (current === null) return;
    const change = changeBetween(current.view.state.sliceDoc(), value);
    if (change !== null) current.view.dispatch({ changes: change, annotations: fromProperty.of(true), filter: false });
    if (current.view.state.readOnly !== isReadOnly) {
      current.view.dispatch({ effects: current.access.reconfigure(EditorState.readOnly.of(isReadOnly)) });
    }
  }, [value, isReadOnly]);

  return <div ref={host} className="chart-source" />;
}
