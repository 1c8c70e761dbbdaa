import { EditorState, StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';
import { markedWords, setMarks, type SourceMark } from '../chart/editor/comment-marks.ts';
import { cursorDecorations, cursorLook, type CursorMark } from '../chart/editor/cursor-marks.ts';
import { readOnlySource } from '../chart/editor/read-only-source.ts';
import { changeBetween } from '../chart/editor/text-change.ts';
import { PageRest } from './page-rest.ts';

const showCursors = StateEffect.define<readonly CursorMark[]>();
const cursorField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marks, transaction) => {
    const effect = transaction.effects.findLast((each) => each.is(showCursors));
    return effect === undefined ? marks.map(transaction.changes) : cursorDecorations(effect.value);
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** A source as it was at a moment. */
export interface SourceThen {
  /** Null: nobody showed a song. */
  songId: string | null;
  text: string;
  cursors: readonly CursorMark[];
  /** Commented words; the same array as long as nothing of it changes. */
  marks: readonly SourceMark[];
  /** Where the newest change is, to be kept in sight; null: anywhere. */
  changedAt: number | null;
  /** The window's time while it plays; null: it stands still, and what changed is shown at once. */
  frameMs: number | null;
}

/**
 * The editor that shows a source moment after moment: it is told only what differs, at most once a frame. Another song is another text in
 * it: an editor that is made anew is laid out twice before anything of it is seen.
 */
export class SourceScreen {
  readonly #view: EditorView;
  readonly #page = new PageRest();
  #songId: string | null;
  #text: string;
  #cursors: readonly CursorMark[] = [];
  #marks: readonly SourceMark[] = [];

  constructor(parent: HTMLElement, label: string, first: SourceThen) {
    const extensions = [readOnlySource(label), markedWords, cursorField, cursorLook];
    this.#view = new EditorView({ parent, state: EditorState.create({ doc: first.text, extensions }) });
    this.#songId = first.songId;
    this.#text = first.text;
    this.show(first);
  }

  show({ songId, text, cursors: told, marks, changedAt, frameMs }: SourceThen): void {
    const isOther = songId !== this.#songId;
    const change = changeBetween(this.#text, text);
    const cursors = told.map((mark) => within(mark, text.length));
    if (!isOther && change === null && marks === this.#marks && isSame(cursors, this.#cursors)) return;
    // Before anything is put in: as yet the page is laid out, and asking costs nothing.
    const target = isOther ? (changedAt ?? 0) : change === null ? null : this.#targetOf(changedAt, frameMs);
    this.#songId = songId;
    this.#text = text;
    this.#cursors = cursors;
    this.#marks = marks;
    this.#view.dispatch({
      ...(change !== null && { changes: change }),
      effects: [
        showCursors.of(cursors),
        setMarks.of(marks),
        ...(target === null ? [] : [EditorView.scrollIntoView(Math.min(target, text.length), { y: 'nearest', yMargin: 48 })]),
      ],
      filter: false,
    });
  }

  /** Where to turn to; null: nowhere. */
  #targetOf(changedAt: number | null, frameMs: number | null): number | null {
    if (changedAt === null || frameMs === null) return changedAt;
    return this.#page.isTurned(this.#isInSight(changedAt), frameMs) ? changedAt : null;
  }

  #isInSight(at: number): boolean {
    const { scrollDOM, state } = this.#view;
    const { top, bottom } = this.#view.lineBlockAt(Math.min(at, state.doc.length));
    return bottom > scrollDOM.scrollTop && top < scrollDOM.scrollTop + scrollDOM.clientHeight;
  }

  close(): void {
    this.#view.destroy();
  }
}

function within(mark: CursorMark, length: number): CursorMark {
  return { ...mark, from: Math.min(mark.from, length), to: Math.min(mark.to, length), head: Math.min(mark.head, length) };
}

function isSame(some: readonly CursorMark[], others: readonly CursorMark[]): boolean {
  return some.length === others.length && JSON.stringify(some) === JSON.stringify(others);
}
