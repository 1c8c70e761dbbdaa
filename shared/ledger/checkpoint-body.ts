import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { fromHex, toHex } from '../base/ids.ts';
import type { Bytes } from './bytes.ts';
import { equalBytes, utf8 } from './bytes.ts';
import type { SetCell } from './fold.ts';
import { songSetSchema } from './payloads.ts';
import { streamBytes } from './stream.ts';
import { readVarUint } from './varuint.ts';

/** How far one stream is numbered. */
export interface BaseStream {
  stream: string;
  seq: number;
  /** Hash of its last sequenced entry. */
  hash: string;
  isClosed: boolean;
  /** The Yjs client id that follows from its name is its own: it was the first to write song text with it. */
  ownsClient: boolean;
}

/** A comment, message, marker or attested entry that counts: fetched by its hash. */
export interface CountedEntry {
  n: number;
  hash: string;
}

/** Everything that the entries up to a checkpoint's n come to. */
export interface CheckpointBody {
  /** Sorted by name. */
  streams: BaseStream[];
  /** The document as one Yjs V1 update. */
  state: Bytes;
  /** Sorted by key. */
  sets: [key: string, cell: SetCell][];
  /** Sorted by n. */
  counted: CountedEntry[];
  /** Hashes of comments, messages and markers that do not count, sorted: what answers them waits for nothing. */
  refused: string[];
}

const hashBytes = 32;
const closedFlag = 1;
const clientFlag = 2;

export function encodeCheckpointBody(body: CheckpointBody): Bytes {
  const out = encoding.createEncoder();
  encoding.writeVarUint(out, body.streams.length);
  for (const { stream, seq, hash, isClosed, ownsClient } of body.streams) {
    encoding.writeUint8Array(out, fromHex(stream));
    encoding.writeVarUint(out, seq);
    encoding.writeUint8Array(out, fromHex(hash));
    encoding.writeUint8(out, (isClosed ? closedFlag : 0) | (ownsClient ? clientFlag : 0));
  }
  encoding.writeVarUint8Array(out, body.state);
  encoding.writeVarUint(out, body.sets.length);
  for (const [key, { value, lamport, stream, seq }] of body.sets) {
    encoding.writeVarUint8Array(out, utf8(JSON.stringify([key, value])));
    encoding.writeVarUint(out, lamport);
    encoding.writeUint8Array(out, fromHex(stream));
    encoding.writeVarUint(out, seq);
  }
  encoding.writeVarUint(out, body.counted.length);
  for (const { n, hash } of body.counted) {
    encoding.writeVarUint(out, n);
    encoding.writeUint8Array(out, fromHex(hash));
  }
  // Nothing was refused in most sessions: then not even its count is there.
  if (body.refused.length > 0) encoding.writeVarUint(out, body.refused.length);
  for (const hash of body.refused) encoding.writeUint8Array(out, fromHex(hash));
  return new Uint8Array(encoding.toUint8Array(out));
}

function isAscending<T>(items: readonly T[], keyOf: (item: T) => string | number): boolean {
  return items.every((item, at) => {
    const before = items[at - 1];
    return before === undefined || keyOf(before) < keyOf(item);
  });
}

/** Strict parse: null for anything out of order, or that does not re-encode to the same bytes. */
export function parseCheckpointBody(bytes: Uint8Array): CheckpointBody | null {
  try {
    const input = decoding.createDecoder(bytes);
    const takeHex = (length: number): string => toHex(decoding.readUint8Array(input, length));
    const number = (): number => readVarUint(input);
    const many = <T>(read: () => T): T[] => {
      const items: T[] = [];
      // Each item takes bytes: a count that lies ends at the last of them.
      for (let left = number(); left > 0; left--) items.push(read());
      return items;
    };
    const streams = many((): BaseStream => {
      const [stream, seq, hash, flags] = [takeHex(streamBytes), number(), takeHex(hashBytes), decoding.readUint8(input)];
      return { stream, seq, hash, isClosed: (flags & closedFlag) !== 0, ownsClient: (flags & clientFlag) !== 0 };
    });
    const state = new Uint8Array(decoding.readVarUint8Array(input));
    const sets = many((): [string, SetCell] => {
      const pair: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(decoding.readVarUint8Array(input)));
      const { sets: parsed, lamport } = songSetSchema.parse({ sets: [pair], lamport: number() });
      const [key, value] = parsed[0] ?? ['', null];
      return [key, { value, lamport, stream: takeHex(streamBytes), seq: number() }];
    });
    const counted = many((): CountedEntry => ({ n: number(), hash: takeHex(hashBytes) }));
    const refused = input.pos < bytes.length ? many(() => takeHex(hashBytes)) : [];
    const body = { streams, state, sets, counted, refused };
    const isOrdered =
      isAscending(streams, ({ stream }) => stream) &&
      isAscending(sets, ([key]) => key) &&
      isAscending(counted, ({ n }) => n) &&
      isAscending(refused, (hash) => hash);
    return isOrdered && equalBytes(encodeCheckpointBody(body), bytes) ? body : null;
  } catch {
    return null;
  }
}
