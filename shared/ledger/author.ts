import * as Y from 'yjs';
import type { Clock, Timers } from '../base/clock.ts';
import { fromHex, type RandomBytes } from '../base/ids.ts';
import { limits } from '../base/limits.ts';
import type { Bytes } from './bytes.ts';
import { cutUpdate } from './cut-update.ts';
import type { Entry, EntryKind } from './entry.ts';
import { entryKinds, noHash, signEntry } from './entry.ts';
import type { Signer } from './keys.ts';
import { deviceIdOf } from './keys.ts';
import type { Ledger } from './ledger.ts';
import { encodeJson, parseJson, songSetSchema, type SongSet } from './payloads.ts';
import { clientIdOf, runBytes, streamOf } from './stream.ts';
import type { TextUpdate } from './update.ts';
import { decodeUpdate, encodeUpdate, unbounded } from './update.ts';

export interface AuthorTools {
  signer: Signer;
  clock: Clock;
  timers: Timers;
  random: RandomBytes;
  /** An entry is signed: send and store it. */
  onEntry(entry: Entry): void;
  /** An entry could not be signed: nothing that follows it can be either. */
  onFailure(error: unknown): void;
}

/** One stream, as far as it is written. */
interface Pen {
  readonly run: Bytes;
  readonly clientId: number;
  seq: number;
  prev: Bytes;
}

/**
 * Writes one stream: turns local edits of the document, setlist changes and chat into signed entries (R-LOC-1). Each
 * window, each start has an author of its own, so that no stream ever contradicts itself.
 */
export class Author {
  readonly #ledger: Ledger;
  readonly #tools: AuthorTools;
  readonly #deviceId: Bytes;
  #pen: Pen;
  #mayEdit = false;
  #watched: Y.Doc | null = null;
  #buffer: Uint8Array[] = [];
  #bufferBytes = 0;
  #flushedAt = -Infinity;
  #stopWaiting: () => void = () => undefined;
  #unsigned: TextUpdate[] = [];
  #signing: Promise<unknown> = Promise.resolve();
  /** Nothing is being signed, and nothing failed. */
  #isIdle = true;

  constructor(ledger: Ledger, tools: AuthorTools) {
    this.#ledger = ledger;
    this.#tools = tools;
    this.#deviceId = deviceIdOf(tools.signer.publicKey);
    this.#pen = this.#newPen();
    ledger.folding.beforeRebuild = () => this.#flushBuffer();
    ledger.folding.afterRebuild = () => {
      // The clocks of what found no place are spent: what is typed next may not be given them as well.
      if (ledger.folding.unplaced.size > 0) this.#pen = this.#newPen();
      this.attach(this.#mayEdit);
    };
  }

  #newPen(): Pen {
    const run = new Uint8Array(this.#tools.random(runBytes));
    return { run, clientId: clientIdOf(this.#ledger.sessionBytes, this.#deviceId, run), seq: 0, prev: noHash };
  }

  /**
   * Its stream was closed, or an entry of it can't be applied in its own fold (it stands on words that never count): what
   * follows would not count either, so `renew` it. R-LOC-6.
   */
  get isLost(): boolean {
    const stream = this.#ledger.stream(this.streamName);
    if (stream === undefined) return this.#pen.seq > 0;
    return stream.isClosed || stream.foldedSeq < this.#pen.seq;
  }

  /** The stream it writes, by name. */
  get streamName(): string {
    return streamOf(this.#deviceId, this.#pen.run);
  }

  get clientId(): number {
    return this.#pen.clientId;
  }

  /** Follows the ledger's document, from now on through each rebuild. Without permission to edit the document keeps client id 0. */
  attach(mayEdit: boolean): void {
    this.#mayEdit = mayEdit;
    const { doc } = this.#ledger.fold;
    if (this.#watched !== doc) {
      this.#watched?.off('update', this.#onUpdate);
      this.#watched = doc;
      doc.on('update', this.#onUpdate);
    }
    doc.clientID = mayEdit ? this.#pen.clientId : 0;
  }

  /** Signs what is still buffered; resolves when everything typed so far is an entry. */
  async flush(): Promise<void> {
    this.#flushBuffer();
    await this.#signing;
  }

  close(): void {
    this.#stopWaiting();
    this.#watched?.off('update', this.#onUpdate);
    this.#watched = null;
  }

  /** Signs an entry of another kind, after the text before it; resolves with it when it was handed to `onEntry`. */
  write(kind: EntryKind, payload: Bytes): Promise<Entry> {
    this.#flushBuffer();
    return this.#sign(kind, payload, null);
  }

  readonly #onUpdate = (update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction): void => {
    if (!transaction.local) return;
    this.#buffer.push(update);
    this.#bufferBytes += update.length;
    const sinceMs = this.#tools.clock.now() - this.#flushedAt;
    // The first edit after a pause leaves at once; what follows is gathered. R-LOC-1. A clock set back counts as a pause.
    const isPause = sinceMs < 0 || sinceMs >= limits.mergeWindowMs;
    if (isPause || this.#bufferBytes >= limits.mergeBytes) this.#flushBuffer();
    else if (this.#buffer.length === 1) {
      this.#stopWaiting = this.#tools.timers.after(limits.mergeWindowMs - sinceMs, () => this.#flushBuffer());
    }
  };

  #flushBuffer(): void {
    const [first] = this.#buffer;
    if (first === undefined) return;
    const merged = this.#buffer.length === 1 ? first : Y.mergeUpdates(this.#buffer);
    this.#buffer = [];
    this.#bufferBytes = 0;
    this.#stopWaiting();
    this.#flushedAt = this.#tools.clock.now();
    const update = decodeUpdate(merged, this.#pen.clientId, unbounded);
    if (update === null) throw new Error('a local edit is not one that the ledger can carry');
    for (const part of cutUpdate(update)) {
      this.#unsigned.push(part);
      this.#ledger.folding.unsigned = this.#unsigned;
      this.#sign(entryKinds.songUpdate, encodeUpdate(part), part).catch((error: unknown) => this.#tools.onFailure(error));
    }
  }

  #sign(kind: EntryKind, payload: Bytes, part: TextUpdate | null): Promise<Entry> {
    const written = this.#pen;
    const signOne = async (): Promise<Entry> => {
      const { signer, clock } = this.#tools;
      // Text belongs to the stream whose client id it has; what else waited for its turn leaves a stream that was abandoned meanwhile.
      const pen = part === null ? this.#pen : written;
      const entry = await signEntry(
        {
          kind,
          sessionId: this.#ledger.sessionBytes,
          deviceId: this.#deviceId,
          run: pen.run,
          seq: pen.seq + 1,
          prev: pen.prev,
          epoch: this.#ledger.statement?.claims.epoch ?? 0,
          at: clock.now(),
          payload,
        },
        signer,
      );
      pen.seq = entry.seq;
      pen.prev = fromHex(entry.hash);
      if (part !== null) {
        this.#unsigned = this.#unsigned.filter((other) => other !== part);
        this.#ledger.folding.unsigned = this.#unsigned;
        this.#ledger.folding.noteSigned(part, entry);
      }
      this.#tools.onEntry(entry);
      return entry;
    };
    // At once where it can be: signing goes on beside the editor's drawing of the same change, and not after it. R-LOC-1.
    // One that fails (a key that was taken away) ends this stream: the next waits for it and fails as well.
    const signed = this.#isIdle ? signOne() : this.#signing.then(signOne);
    this.#isIdle = false;
    this.#signing = signed;
    signed.then(
      () => (this.#isIdle = this.#signing === signed),
      () => undefined,
    );
    return signed;
  }

  /**
   * Abandons the stream and opens a new one (its stream was closed, or its entry can't be applied: R-LOC-6). What was typed so
   * far is signed in the abandoned one.
   */
  renew(): void {
    this.#flushBuffer();
    const sets = this.#setsLeftBehind();
    this.#pen = this.#newPen();
    this.attach(this.#mayEdit);
    if (!this.#mayEdit) return;
    for (let from = 0; from < sets.length; from += limits.setsPerEntry) {
      const payload = encodeJson({ sets: sets.slice(from, from + limits.setsPerEntry), lamport: this.#ledger.fold.nextLamport });
      this.write(entryKinds.songSet, payload).catch((error: unknown) => this.#tools.onFailure(error));
    }
  }

  /**
   * What the setlist lost with the abandoned stream, unless somebody set it later. It can be said again at once: should the
   * stream still come to count, the same values stand there twice.
   */
  #setsLeftBehind(): SongSet['sets'] {
    const stream = this.#ledger.stream(this.streamName);
    if (stream === undefined || stream.isClosed) return [];
    const lost = new Map<string, SongSet['sets'][number]>();
    for (const { kind, payload } of stream.after(stream.foldedSeq)) {
      const set = kind === entryKinds.songSet ? parseJson(songSetSchema, payload) : null;
      for (const pair of set?.sets ?? [])
        if ((this.#ledger.fold.sets.get(pair[0])?.lamport ?? 0) < (set?.lamport ?? 0)) lost.set(pair[0], pair);
    }
    return [...lost.values()];
  }
}
