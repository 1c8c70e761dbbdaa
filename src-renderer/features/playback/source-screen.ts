import { EditorState, StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';
import { cursorDecorations, cursorLook, type CursorMark } from '../chart/editor/cursor-marks.ts';
import { readOnlySource } from '../chart/editor/read-only-source.ts';
import { changeBetween } from '../chart/editor/text-change.ts';

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
  text: string;
  cursors: readonly CursorMark[];
  /** Where the newest change is, to be kept in sight; null: anywhere. */
  changedAt: number | null;
}

/** The editor that shows a source moment after moment: it is told only what differs, at most once a frame. */
export class SourceScreen {
  readonly #view: EditorView;
  #shown: SourceThen;

  constructor(parent: HTMLElement, label: string, first: SourceThen) {
    const extensions = [readOnlySource(label), cursorField, cursorLook];
    this.#view = new EditorView({ parent, state: EditorState.create({ doc: first.text, extensions }) });
    this.#shown = { ...first, cursors: [] };
    this.show(first);
  }

  show(then: SourceThen): void {
    const { text, changedAt } = then;
    const change = changeBetween(this.#shown.text, text);
    const cursors = then.cursors.map((mark) => within(mark, text.length));
    if (change === null && isSame(cursors, this.#shown.cursors)) return;
    this.#shown = { text, cursors, changedAt };
    this.#view.dispatch({
      ...(change !== null && { changes: change }),
      effects: [
        showCursors.of(cursors),
        ...(change !== null && changedAt !== null
          ? [EditorView.scrollIntoView(Math.min(changedAt, text.length), { y: 'nearest', yMargin: 48 })]
          : []),
      ],
      filter: false,
    });
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
