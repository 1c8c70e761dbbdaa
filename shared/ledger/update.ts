import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { limits } from '../base/limits.ts';
import type { Bytes } from './bytes.ts';
import { equalBytes } from './bytes.ts';
import { readVarUint } from './varuint.ts';

/** Yjs' name of one character: who wrote it and which one it was of theirs. */
export interface ItemId {
  client: number;
  clock: number;
}

/** A run of characters (`text`), or of characters that their author deleted before sending (`text` null). */
export interface TextStruct {
  clock: number;
  /** UTF-16 code units, as Yjs counts. */
  length: number;
  origin: ItemId | null;
  rightOrigin: ItemId | null;
  /** Root text `s:<uuid>`; only where neither origin is there to inherit it from, as in Yjs' encoding. */
  root: string | null;
  text: string | null;
}

export interface DeletedRange {
  client: number;
  clock: number;
  length: number;
}

/** A Yjs V1 update of one author, as far as the ledger lets updates go. */
export interface TextUpdate {
  client: number;
  structs: readonly TextStruct[];
  deleted: readonly DeletedRange[];
}

const contentDeleted = 1;
const contentString = 4;
const hasOrigin = 0x80;
const hasRightOrigin = 0x40;
const rootPattern = /^s:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The name of a song's root text. */
export function rootOfSong(songId: string): string {
  return `s:${songId}`;
}

export interface UpdateBounds {
  structs: number;
  clocks: number;
  deletedRanges: number;
}

const entryBounds: UpdateBounds = { structs: limits.updateStructs, clocks: limits.updateClocks, deletedRanges: limits.updateDeletedRanges };
export const unbounded: UpdateBounds = { structs: Infinity, clocks: Infinity, deletedRanges: Infinity };

function readId(input: decoding.Decoder): ItemId {
  const client = readVarUint(input);
  return { client, clock: readVarUint(input) };
}

function readStruct(input: decoding.Decoder, clock: number): TextStruct | null {
  const info = decoding.readUint8(input);
  const content = info & 0x1f;
  if ((info & 0x20) !== 0 || (content !== contentDeleted && content !== contentString)) return null;
  const origin = (info & hasOrigin) === 0 ? null : readId(input);
  const rightOrigin = (info & hasRightOrigin) === 0 ? null : readId(input);
  let root: string | null = null;
  if (origin === null && rightOrigin === null) {
    if (readVarUint(input) !== 1) return null;
    root = decoding.readVarString(input);
    if (!rootPattern.test(root)) return null;
  }
  const text = content === contentString ? decoding.readVarString(input) : null;
  const length = text === null ? readVarUint(input) : text.length;
  return length === 0 ? null : { clock, length, origin, rightOrigin, root, text };
}

/**
 * Strict decoder of Yjs V1 updates (R-ENT-2): one client block of strings and own deletions in root texts, consecutive
 * clocks, all counts bounded before memory is used. Null for everything else, a byte too many included. Yjs sees only
 * what passed here.
 * @param client the stream's Yjs client id: the only author that may appear
 * @param bounds those of an entry; an author's own update is read without, before it is cut to them
 */
export function decodeUpdate(bytes: Uint8Array, client: number, bounds: UpdateBounds = entryBounds): TextUpdate | null {
  try {
    const input = decoding.createDecoder(bytes);
    const structs: TextStruct[] = [];
    const blocks = readVarUint(input);
    if (blocks > 1) return null;
    if (blocks === 1) {
      const count = readVarUint(input);
      if (count === 0 || count > bounds.structs || readVarUint(input) !== client) return null;
      const first = readVarUint(input);
      let clock = first;
      for (let at = 0; at < count; at++) {
        const struct = readStruct(input, clock);
        if (struct === null) return null;
        clock += struct.length;
        if (clock - first > bounds.clocks || !Number.isSafeInteger(clock)) return null;
        structs.push(struct);
      }
    }
    const deleted: DeletedRange[] = [];
    const deletedClients = readVarUint(input);
    if (deletedClients > bounds.deletedRanges) return null;
    for (let at = 0; at < deletedClients; at++) {
      const author = readVarUint(input);
      const count = readVarUint(input);
      if (count === 0 || deleted.length + count > bounds.deletedRanges) return null;
      for (let range = 0; range < count; range++) {
        const clock = readVarUint(input);
        const length = readVarUint(input);
        if (length === 0 || !Number.isSafeInteger(clock + length)) return null;
        deleted.push({ client: author, clock, length });
      }
    }
    if (input.pos !== bytes.length || (structs.length === 0 && deleted.length === 0)) return null;
    const update = { client, structs, deleted };
    // One encoding of one meaning: long varuints, bad UTF-8 and lone surrogates do not survive this.
    return equalBytes(encodeUpdate(update), bytes) ? update : null;
  } catch {
    return null;
  }
}

function writeStruct(out: encoding.Encoder, struct: TextStruct): void {
  const content = struct.text === null ? contentDeleted : contentString;
  encoding.writeUint8(out, content | (struct.origin === null ? 0 : hasOrigin) | (struct.rightOrigin === null ? 0 : hasRightOrigin));
  for (const id of [struct.origin, struct.rightOrigin]) {
    if (id === null) continue;
    encoding.writeVarUint(out, id.client);
    encoding.writeVarUint(out, id.clock);
  }
  if (struct.root !== null) {
    encoding.writeVarUint(out, 1);
    encoding.writeVarString(out, struct.root);
  }
  if (struct.text === null) encoding.writeVarUint(out, struct.length);
  else encoding.writeVarString(out, struct.text);
}

function writeDeleted(out: encoding.Encoder, deleted: readonly DeletedRange[]): void {
  const groups: DeletedRange[][] = [];
  for (const range of deleted) {
    const group = groups.at(-1);
    if (group?.[0]?.client === range.client) group.push(range);
    else groups.push([range]);
  }
  encoding.writeVarUint(out, groups.length);
  for (const group of groups) {
    encoding.writeVarUint(out, group[0]?.client ?? 0);
    encoding.writeVarUint(out, group.length);
    for (const range of group) {
      encoding.writeVarUint(out, range.clock);
      encoding.writeVarUint(out, range.length);
    }
  }
}

/** The update as Yjs V1 bytes; the inverse of `decodeUpdate`. */
export function encodeUpdate(update: TextUpdate): Bytes {
  const out = encoding.createEncoder();
  const first = update.structs[0];
  encoding.writeVarUint(out, first === undefined ? 0 : 1);
  if (first !== undefined) {
    encoding.writeVarUint(out, update.structs.length);
    encoding.writeVarUint(out, update.client);
    encoding.writeVarUint(out, first.clock);
    for (const struct of update.structs) writeStruct(out, struct);
  }
  writeDeleted(out, update.deleted);
  return new Uint8Array(encoding.toUint8Array(out));
}

/**
 * The skeleton of an update (R-DOC-1): the same structs, their text deleted, nothing else deleted. Others' work that
 * stands beside refused text keeps its place. Null when nothing is left (an update that only deletes).
 */
export function skeletonOf(update: TextUpdate): TextUpdate | null {
  if (update.structs.length === 0) return null;
  return { client: update.client, structs: update.structs.map((struct) => Object.assign({}, struct, { text: null })), deleted: [] };
}
