import * as Y from 'yjs';
import type { Clock } from '../../shared/base/clock.ts';
import { makeUuid, type RandomBytes } from '../../shared/base/ids.ts';
import { limits } from '../../shared/base/limits.ts';
import type { Author } from '../../shared/ledger/author.ts';
import { cutUpdate } from '../../shared/ledger/cut-update.ts';
import { entryKinds } from '../../shared/ledger/entry.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import { encodeAttested, encodeJson, type Chat, type Comment, type Part } from '../../shared/ledger/payloads.ts';
import { deletionsOf, personWords } from './person-words.ts';
import { addSongSets, readSetlist, removeItemSets, type SetPair } from '../../shared/ledger/setlist.ts';
import { decodeUpdate, encodeUpdate, rootOfSong, unbounded } from '../../shared/ledger/update.ts';

/** An attested entry's payload is hex in JSON: twice its size, and an entry is at most 256 KiB. */
const attestedTextBytes = 96 * 1024;

export interface AttestedTools {
  clock: Clock;
  random: RandomBytes;
  /** Resolves when the entry has its record, on disk. Rejects when it can't be written, or will never have one. */
  recorded(hash: string): Promise<void>;
}

/** The length of what two texts have in common at their beginning or end; never half a character. */
function common(a: string, b: string, most: number, unitAt: (text: string, at: number) => number): number {
  let length = 0;
  while (length < most && unitAt(a, length) === unitAt(b, length)) length += 1;
  return length;
}

const isLowSurrogate = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff;

/** What of a text changes: `gone` characters at `from` become `text`. */
export function changeBetween(before: string, after: string): { from: number; gone: number; text: string } {
  const most = Math.min(before.length, after.length);
  let from = common(before, after, most, (text, at) => text.charCodeAt(at));
  // Two characters may begin with the same half.
  if (isLowSurrogate(before.charCodeAt(from)) || isLowSurrogate(after.charCodeAt(from))) from -= from > 0 ? 1 : 0;
  let same = common(before, after, most - from, (text, at) => text.charCodeAt(text.length - 1 - at));
  if (same > 0 && isLowSurrogate(before.charCodeAt(before.length - same))) same -= 1;
  return { from, gone: before.length - from - same, text: after.slice(from, after.length - same) };
}

/**
 * Writes for people without a ledger of their own (REST): entries in the authority's stream that say for whom they are.
 * One after the other, since each builds on what stands there. Whether they may was asked before.
 */
export class AttestedWriter {
  readonly #ledger: Ledger;
  readonly #author: Author;
  readonly #tools: AttestedTools;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(ledger: Ledger, author: Author, tools: AttestedTools) {
    this.#ledger = ledger;
    this.#author = author;
    this.#tools = tools;
  }

  /** The song exists, stands last in the setlist, has this text. */
  createSong(userId: string, song: { song_id: string; chordpro: string }): Promise<void> {
    return this.#inTurn(async () => {
      const { clock, random } = this.#tools;
      const setlist = readSetlist(this.#ledger.fold.sets);
      await this.#set(userId, addSongSets(setlist, song.song_id, makeUuid(clock.now(), random)));
      await this.#changeText(userId, song.song_id, song.chordpro);
    });
  }

  /** False: there is no such song. */
  replaceSong(userId: string, song: { song_id: string; chordpro: string }): Promise<boolean> {
    return this.#inTurn(async () => {
      if (!this.#hasSong(song.song_id)) return false;
      await this.#changeText(userId, song.song_id, song.chordpro);
      return true;
    });
  }

  removeSong(userId: string, songId: string): Promise<boolean> {
    return this.#inTurn(async () => {
      if (!this.#hasSong(songId)) return false;
      const items = readSetlist(this.#ledger.fold.sets).filter((item) => item.song_id === songId);
      const sets: SetPair[] = [[`song/${songId}`, false], ...items.flatMap((item) => removeItemSets(item.item_id))];
      for (let at = 0; at < sets.length; at += limits.setsPerEntry) await this.#set(userId, sets.slice(at, at + limits.setsPerEntry));
      return true;
    });
  }

  /** Answers the hash of its entry; null when what it names is not there. @param build sees the ledger as it is when its turn comes */
  say(
    userId: string,
    kind: typeof entryKinds.chat | typeof entryKinds.comment,
    build: () => Chat | Comment | null,
  ): Promise<string | null> {
    return this.#inTurn(async () => {
      const words = build();
      return words === null ? null : this.#attest(userId, [{ kind, payload: encodeJson(words) }]);
    });
  }

  /** Takes back what the user said here. */
  takeBackWords(userId: string): Promise<void> {
    return this.#inTurn(async () => {
      for (const parts of deletionsOf(personWords(this.#ledger, userId))) await this.#attest(userId, parts);
    });
  }

  #hasSong(songId: string): boolean {
    return this.#ledger.fold.sets.get(`song/${songId}`)?.value === true;
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const run = this.#queue.then(work, work);
    this.#queue = run.catch(() => undefined);
    return run;
  }

  async #set(userId: string, sets: SetPair[]): Promise<void> {
    await this.#attest(userId, [{ kind: entryKinds.songSet, payload: encodeJson({ sets, lamport: this.#ledger.fold.nextLamport }) }]);
  }

  async #changeText(userId: string, songId: string, chordpro: string): Promise<void> {
    const { doc } = this.#ledger.fold;
    const root = rootOfSong(songId);
    const change = changeBetween(doc.getText(root).toJSON(), chordpro.toWellFormed());
    if (change.gone === 0 && change.text === '') return;
    // Yjs says what the change is, in a copy: the fold itself takes entries only.
    const copy = new Y.Doc({ gc: true });
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
    copy.clientID = this.#author.clientId;
    let bytes: Uint8Array | null = null;
    copy.on('update', (update: Uint8Array) => (bytes = update));
    copy.transact(() => {
      const text = copy.getText(root);
      text.delete(change.from, change.gone);
      text.insert(change.from, change.text);
    });
    copy.destroy();
    const update = bytes === null ? null : decodeUpdate(bytes, this.#author.clientId, unbounded);
    if (update === null) throw new Error('a change of text is not one that the ledger can carry');
    const parts = cutUpdate(update, attestedTextBytes);
    await Promise.all(parts.map((part) => this.#attest(userId, [{ kind: entryKinds.songUpdate, payload: encodeUpdate(part) }])));
  }

  async #attest(userId: string, parts: readonly Part[]): Promise<string> {
    const { hash } = await this.#author.write(entryKinds.attested, encodeAttested(userId, parts));
    try {
      await this.#tools.recorded(hash);
    } catch (error) {
      // Its own entry could not be applied: nothing behind it ever counts in this stream. R-LOC-6.
      if (this.#author.isLost) this.#author.renew();
      throw error;
    }
    return hash;
  }
}
