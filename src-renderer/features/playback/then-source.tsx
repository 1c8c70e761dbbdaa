import { EditorState, StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';
import { useEffect, useRef, type ReactElement } from 'react';
import '../chart/chart.css';
import { cursorDecorations, cursorLook, type CursorMark } from '../chart/editor/cursor-marks.ts';
import { readOnlySource } from '../chart/editor/read-only-source.ts';
import { changeBetween } from '../chart/editor/text-change.ts';
import { en } from '../../text/en.ts';

const showCursors = StateEffect.define<readonly CursorMark[]>();
const cursorField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marks, transaction) => {
    const effect = transaction.effects.findLast((each) => each.is(showCursors));
    return effect === undefined ? marks.map(transaction.changes) : cursorDecorations(effect.value);
  },
  provide: (field) => EditorView.decorations.from(field),
});

function open(parent: HTMLElement, text: string): EditorView {
  const extensions = [readOnlySource(en.playback.source), cursorField, cursorLook];
  return new EditorView({ parent, state: EditorState.create({ doc: text, extensions }) });
}

interface ThenSourceProps {
  text: string;
  cursors: readonly CursorMark[];
  /** Where the newest change is, to be kept in sight; null: anywhere. */
  changedAt: number | null;
}

/** The source as it was, with the carets of those who were in it; what changes is kept in sight. */
export function ThenSource({ text, cursors, changedAt }: ThenSourceProps): ReactElement {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const first = useRef(text);
  useEffect(() => {
    const parent = host.current;
    if (parent === null) return undefined;
    const opened = open(parent, first.current);
    view.current = opened;
    return () => {
      view.current = null;
      opened.destroy();
    };
  }, []);
  useEffect(() => {
    const opened = view.current;
    if (opened === null) return;
    const change = changeBetween(opened.state.sliceDoc(), text);
    const within = (at: number): number => Math.min(at, text.length);
    const marks = cursors.map((mark) => ({ ...mark, from: within(mark.from), to: within(mark.to), head: within(mark.head) }));
    const isToBeSeen = change !== null && changedAt !== null;
    opened.dispatch({
      ...(change !== null && { changes: change }),
      effects: [
        showCursors.of(marks),
        ...(isToBeSeen ? [EditorView.scrollIntoView(within(changedAt), { y: 'nearest', yMargin: 48 })] : []),
      ],
      filter: false,
    });
  }, [text, cursors, changedAt]);
  return <div ref={host} className="chart-source" />;
}
