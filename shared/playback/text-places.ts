import * as Y from 'yjs';
import type { DeletedRange, ItemId, TextStruct, TextUpdate } from '../ledger/update.ts';
import { lastWhere } from './last-where.ts';
import { RunOrder, visibleIn, type Run } from './run-order.ts';
import { joinSplices, type Splice } from './splice.ts';

/** What of Yjs' relative positions tells a place in a text. Less than 0: behind the character, else before it. */
export interface RelativePlace {
  item?: ItemId | null | undefined;
  tname?: string | null | undefined;
  assoc?: number | null | undefined;
}

/** A character in the text of its song. */
export interface CharacterPlace {
  songId: string;
  index: number;
  /** False: it was taken out, and `index` is where it stood. */
  isThere: boolean;
}

const rootPattern = /^s:(.+)$/;

/** Yjs puts these in for a character of two units that it must part. */
const parted = '\ufffd';

/** Characters in a row of one new struct, in one item of Yjs. */
interface Piece extends ItemId {
  length: number;
  text: string | null;
  /** Null: nothing is before it. */
  left: ItemId | null;
  parent: unknown;
}

/** The piece with this character. */
function pieceAt(doc: Y.Doc, structs: readonly TextStruct[], { client, clock }: ItemId): Piece {
  const struct = structs.findLast((one) => one.clock <= clock);
  const item = Y.getItem(doc.store, Y.createID(client, clock));
  if (struct === undefined || !(item instanceof Y.Item)) throw new Error('a character that is not of this update');
  const from = Math.max(struct.clock, item.id.clock);
  const to = Math.min(struct.clock + struct.length, item.id.clock + item.length);
  const text = struct.text?.slice(from - struct.clock, to - struct.clock) ?? null;
  const left = from > item.id.clock ? { client, clock: from - 1 } : (item.left?.lastId ?? null);
  return { client, clock: from, length: to - from, text, left, parent: item.parent };
}

const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;

/**
 * Where each character of a document's texts stands, kept up beside the document: Yjs decides where something goes, and only what it
 * decided is looked at. Yjs itself finds a place only by walking the text from its beginning, which grows with every edit.
 */
export class TextPlaces {
  readonly #doc: Y.Doc;
  readonly #songs = new Map<string, RunOrder>();
  readonly #byType = new Map<unknown, RunOrder>();
  /** Of each author, by clock. */
  readonly #runs = new Map<number, Run[]>();

  /** @param doc its texts as they are now are read; what changes in them from now on is told by `take` */
  constructor(doc: Y.Doc) {
    this.#doc = doc;
    for (const root of doc.share.keys()) this.#follow(root);
    this.#readAll();
  }

  /** By song. */
  texts(): Map<string, string> {
    return new Map([...this.#songs].map(([songId, order]) => [songId, order.text()]));
  }

  /** Null: it has not come yet. */
  placeOf(id: ItemId): CharacterPlace | null {
    const run = this.#runAt(id);
    if (run === null) return null;
    const { order } = run.block;
    const isThere = run.text !== null;
    return { songId: order.songId, index: order.startOf(run) + (isThere ? id.clock - run.clock : 0), isThere };
  }

  /** Where a relative position of Yjs is, as Yjs itself tells it; null: what it names has not come yet, or is nothing that a text has. */
  find({ item, tname, assoc }: RelativePlace): Omit<CharacterPlace, 'isThere'> | null {
    const isBehind = (assoc ?? 0) < 0;
    if (item !== null && item !== undefined) {
      const place = this.placeOf(item);
      return place === null ? null : { songId: place.songId, index: place.index + (isBehind && place.isThere ? 1 : 0) };
    }
    const order = this.#songs.get(rootPattern.exec(tname ?? '')?.[1] ?? '');
    return order === undefined ? null : { songId: order.songId, index: isBehind ? 0 : order.length };
  }

  /** What an update did that the document has just taken in, as changes one after another. */
  take({ client, structs, deleted }: TextUpdate): Splice[] {
    const splices: Splice[] = [];
    for (const struct of structs) {
      if (struct.root !== null) this.#follow(struct.root);
      this.#settle(client, struct, structs, splices);
      if (struct.origin !== null) this.#partHalves({ ...struct.origin, clock: struct.origin.clock + 1 }, splices);
      if (struct.rightOrigin !== null) this.#partHalves(struct.rightOrigin, splices);
    }
    for (const range of deleted) this.#remove(range, splices);
    return joinSplices(splices);
  }

  #follow(root: string): void {
    const songId = rootPattern.exec(root)?.[1];
    if (songId === undefined || this.#songs.has(songId)) return;
    const order = new RunOrder(songId);
    this.#songs.set(songId, order);
    this.#byType.set(this.#doc.getText(root), order);
  }

  #readAll(): void {
    for (const [type, order] of this.#byType) {
      let last: Run | null = null;
      for (let item = (type as Y.Text)._start; item !== null; item = item.right) {
        const { id, length, content } = item;
        const text = !item.deleted && content instanceof Y.ContentString ? content.str : null;
        last = order.insertAfter(last, { client: id.client, clock: id.clock, length, text });
        this.#runsOf(id.client).push(last);
      }
    }
    for (const runs of this.#runs.values()) runs.sort((a, b) => a.clock - b.clock);
  }

  #runsOf(client: number): Run[] {
    const known = this.#runs.get(client);
    if (known !== undefined) return known;
    const runs: Run[] = [];
    this.#runs.set(client, runs);
    return runs;
  }

  #runAt({ client, clock }: ItemId): Run | null {
    const runs = this.#runs.get(client) ?? [];
    const run = runs[lastWhere(runs, (one) => one.clock <= clock)];
    return run !== undefined && clock < run.clock + run.length ? run : null;
  }

  #name(run: Run): Run {
    const runs = this.#runsOf(run.client);
    runs.splice(lastWhere(runs, ({ clock }) => clock < run.clock) + 1, 0, run);
    return run;
  }

  /** Takes in what is new of a struct, in pieces as Yjs placed them: each behind its left neighbour, which may be new itself. */
  #settle(client: number, struct: TextStruct, structs: readonly TextStruct[], splices: Splice[]): void {
    const end = struct.clock + struct.length;
    for (let clock = struct.clock; clock < end;) {
      const known = this.#runAt({ client, clock });
      if (known === null) this.#putBehindItsLeft({ client, clock }, structs, splices);
      else clock = known.clock + known.length;
    }
  }

  #putBehindItsLeft(id: ItemId, structs: readonly TextStruct[], splices: Splice[]): void {
    const waiting = [id];
    for (let next = waiting.at(-1); next !== undefined; next = waiting.at(-1)) {
      const piece = pieceAt(this.#doc, structs, next);
      if (piece.left === null || this.#runAt(piece.left) !== null) {
        waiting.pop();
        this.#put(piece, splices);
      } else {
        waiting.push(piece.left);
      }
    }
  }

  #put({ client, clock, text, length, left, parent }: Piece, splices: Splice[]): void {
    const order = this.#byType.get(parent);
    if (order === undefined) throw new Error('a text that nobody named');
    const beside = left === null ? null : this.#endingAt(left, splices);
    const at = beside === null ? 0 : order.startOf(beside) + visibleIn(beside);
    if (text !== null) splices.push({ song_id: order.songId, at, removed: '', inserted: text });
    const goesOn = beside?.client === client && beside.clock + beside.length === clock && (beside.text === null) === (text === null);
    if (goesOn) order.extend(beside, text, length);
    else this.#name(order.insertAfter(beside, { client, clock, text, length }));
  }

  /** The run that ends with this character. */
  #endingAt(id: ItemId, splices: Splice[]): Run {
    const run = this.#runAt(id);
    if (run === null) throw new Error('a character that nobody wrote');
    if (id.clock + 1 < run.clock + run.length) this.#split(run, id.clock + 1 - run.clock, splices);
    return run;
  }

  /** Answers the right part. */
  #split(run: Run, offset: number, splices: Splice[]): Run {
    const { order } = run.block;
    if (run.text !== null && isHighSurrogate(run.text.charCodeAt(offset - 1))) {
      const at = order.startOf(run) + offset - 1;
      splices.push({ song_id: order.songId, at, removed: run.text.slice(offset - 1, offset + 1), inserted: parted + parted });
      run.text = run.text.slice(0, offset - 1) + parted + parted + run.text.slice(offset + 1);
    }
    return this.#name(order.split(run, offset));
  }

  /** Something came to stand before this character, or meant to: where it is the second half of one, both halves are lost. */
  #partHalves(id: ItemId, splices: Splice[]): void {
    const run = this.#runAt(id);
    const offset = run === null ? 0 : id.clock - run.clock;
    if (run?.text === null || run === null || offset === 0) return;
    if (isHighSurrogate(run.text.charCodeAt(offset - 1))) this.#split(run, offset, splices);
  }

  #remove({ client, clock: first, length }: DeletedRange, splices: Splice[]): void {
    const end = first + length;
    for (let clock = first; clock < end;) {
      const found = this.#runAt({ client, clock });
      if (found === null) return;
      if (found.text === null) {
        clock = found.clock + found.length;
        continue;
      }
      const run = clock > found.clock ? this.#split(found, clock - found.clock, splices) : found;
      if (end < run.clock + run.length) this.#split(run, end - run.clock, splices);
      const { order } = run.block;
      splices.push({ song_id: order.songId, at: order.startOf(run), removed: run.text ?? '', inserted: '' });
      order.takeOut(run);
      clock = run.clock + run.length;
    }
  }
}
