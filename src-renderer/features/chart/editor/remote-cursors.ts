import { Annotation, type EditorState, type Extension } from '@codemirror/state';
import { Decoration, ViewPlugin, type DecorationSet, type EditorView, type ViewUpdate } from '@codemirror/view';
import { ySyncAnnotation } from 'y-codemirror.next';
import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { z } from 'zod';
import { cursorDecorations, cursorLook, type CursorMark } from './cursor-marks.ts';

/**
 * The shape y-codemirror.next gives its cursors, read strictly: the states come from other people's programs, a colour goes
 * into a style and a position into Yjs, which throws on one it does not understand.
 */
const idSchema = z.strictObject({ client: z.int().nonnegative(), clock: z.int().nonnegative() });
const positionSchema = z.strictObject({
  type: idSchema.nullish(),
  tname: z.string().max(200).nullish(),
  item: idSchema.nullish(),
  assoc: z.int().nullish(),
});
const cursorSchema = z.strictObject({ anchor: positionSchema, head: positionSchema });
const userSchema = z.object({ name: z.string().trim().min(1).max(80), color: z.string().regex(/^#[0-9a-f]{6}$/iu) });

const fallbackColor = '#6b6560';

const awarenessChanged = Annotation.define<boolean>();

function readCursor(state: Record<string, unknown>, text: Y.Text, doc: Y.Doc, length: number): CursorMark | null {
  const cursor = cursorSchema.safeParse(state['cursor']);
  if (!cursor.success) return null;
  const user = userSchema.safeParse(state['user']);
  const resolve = (json: z.infer<typeof positionSchema>): number | null => {
    try {
      const position = Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(json), doc);
      if (position === null || position.type !== text) return null;
      return Math.min(position.index, length);
    } catch {
      // A clock this document has not seen yet: the cursor shows when the text behind it has come.
      return null;
    }
  };
  const anchor = resolve(cursor.data.anchor);
  const head = resolve(cursor.data.head);
  if (anchor === null || head === null) return null;
  return {
    from: Math.min(anchor, head),
    to: Math.max(anchor, head),
    head,
    name: user.success ? user.data.name : 'Somebody',
    color: user.success ? user.data.color : fallbackColor,
  };
}

function decorate(state: EditorState, text: Y.Text, awareness: Awareness): DecorationSet {
  const doc = text.doc;
  if (doc === null) return Decoration.none;
  const cursors = [...awareness.getStates()].flatMap(([clientId, other]) =>
    clientId === awareness.clientID ? [] : (readCursor(other, text, doc, state.doc.length) ?? []),
  );
  return cursorDecorations(cursors);
}

class RemoteCursorPlugin {
  decorations: DecorationSet;
  readonly #view: EditorView;
  readonly #text: Y.Text;
  readonly #awareness: Awareness;
  readonly #listener: (change: { added: number[]; updated: number[]; removed: number[] }) => void;
  #frame: number | null = null;

  constructor(view: EditorView, text: Y.Text, awareness: Awareness) {
    this.#view = view;
    this.#text = text;
    this.#awareness = awareness;
    this.#listener = ({ added, updated, removed }) => {
      const isOthers = [added, updated, removed].some((ids) => ids.some((id) => id !== awareness.clientID));
      if (isOthers) view.dispatch({ annotations: awarenessChanged.of(true) });
    };
    awareness.on('change', this.#listener);
    this.decorations = decorate(view.state, text, awareness);
  }

  update(update: ViewUpdate): void {
    const isAwareness = update.transactions.some((transaction) => transaction.annotation(awarenessChanged) === true);
    const isFromOthers = update.transactions.some((transaction) => transaction.annotation(ySyncAnnotation) !== undefined);
    // What others wrote may be the very text that a caret of theirs waited for.
    if (isAwareness || isFromOthers) this.decorations = decorate(update.state, this.#text, this.#awareness);
    // With one's own typing carets travel; asking Yjs for each of them would cost more than the keystroke.
    else if (update.docChanged) this.decorations = this.decorations.map(update.changes);
    if (update.selectionSet || update.docChanged || update.focusChanged) this.#scheduleOwn();
  }

  /** At most one own position a frame: dragging a selection reports more than others can use. */
  #scheduleOwn(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      this.#publishOwn();
    });
  }

  #publishOwn(): void {
    if (!this.#view.hasFocus || this.#awareness.getLocalState() === null) return;
    const { anchor, head } = this.#view.state.selection.main;
    const length = this.#text.length;
    const toPosition = (offset: number): unknown =>
      Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(this.#text, Math.min(offset, length)));
    const next = { anchor: toPosition(anchor), head: toPosition(head) };
    const before: unknown = this.#awareness.getLocalState()?.['cursor'];
    if (JSON.stringify(before) !== JSON.stringify(next)) this.#awareness.setLocalStateField('cursor', next);
  }

  destroy(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#awareness.off('change', this.#listener);
    if (this.#awareness.getLocalState() !== null) this.#awareness.setLocalStateField('cursor', null);
  }
}

/** Other people's carets and selections with their names, and one's own position for them. */
export function remoteCursors(text: Y.Text, awareness: Awareness): Extension {
  const plugin = ViewPlugin.define((view) => new RemoteCursorPlugin(view, text, awareness), {
    decorations: (value) => value.decorations,
  });
  return [plugin, cursorLook];
}
