import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { toHex } from '../base/ids.ts';
import { limits } from '../base/limits.ts';
import type { Bytes } from './bytes.ts';
import { concat, equalBytes, utf8 } from './bytes.ts';
import { sha256 } from './digest.ts';
import type { Signer } from './keys.ts';
import { signatureBytes } from './keys.ts';
import { clientIdOf, deviceIdBytes, runBytes, streamOf } from './stream.ts';
import { readVarUint } from './varuint.ts';

export const entryVersion = 1;

export const entryKinds = { songUpdate: 1, songSet: 2, comment: 3, chat: 4, marker: 5, attested: 6 } as const;
export type EntryKind = (typeof entryKinds)[keyof typeof entryKinds];
const knownKinds: readonly number[] = Object.values(entryKinds);

const hashBytes = 32;
export const noHash: Bytes = new Uint8Array(hashBytes);
const signTag = utf8('chordme-entry-v1');

/** What an author decides about an entry; lengths and hashes follow from it. */
export interface EntryDraft {
  kind: EntryKind;
  sessionId: Bytes;
  deviceId: Bytes;
  run: Bytes;
  /** From 1. */
  seq: number;
  /** Hash of the stream's previous entry; `noHash` for the first. */
  prev: Bytes;
  /** Statement the author knew; for information only. */
  epoch: number;
  /** Author's clock, ms since 1970; for information only. */
  at: number;
  payload: Bytes;
}

/** One signed entry. Its text names (`stream`, `hash`, `prev`) are hex. */
export interface Entry {
  readonly kind: EntryKind;
  readonly sessionId: Bytes;
  readonly deviceId: Bytes;
  readonly device: string;
  readonly stream: string;
  readonly clientId: number;
  readonly seq: number;
  readonly prev: string;
  readonly epoch: number;
  readonly at: number;
  readonly hash: string;
  /** Signed part, for verification. */
  readonly header: Bytes;
  readonly signature: Bytes;
  readonly payload: Bytes;
  /** The whole entry as it travels and is stored. */
  readonly bytes: Bytes;
}

function encodeHeader(draft: EntryDraft): Bytes {
  const out = encoding.createEncoder();
  encoding.writeUint8(out, entryVersion);
  encoding.writeUint8(out, draft.kind);
  encoding.writeUint8Array(out, draft.sessionId);
  encoding.writeUint8Array(out, draft.deviceId);
  encoding.writeUint8Array(out, draft.run);
  encoding.writeVarUint(out, draft.seq);
  encoding.writeUint8Array(out, draft.prev);
  encoding.writeVarUint(out, draft.epoch);
  encoding.writeVarUint(out, draft.at);
  encoding.writeVarUint(out, draft.payload.length);
  encoding.writeUint8Array(out, sha256(draft.payload));
  return new Uint8Array(encoding.toUint8Array(out));
}

/** The bytes that an entry's signature is over. */
export function signedBytes(header: Bytes): Bytes {
  return concat(signTag, header);
}

function assemble(draft: EntryDraft, header: Bytes, signature: Bytes, bytes: Bytes): Entry {
  return {
    kind: draft.kind,
    sessionId: draft.sessionId,
    deviceId: draft.deviceId,
    device: toHex(draft.deviceId),
    stream: streamOf(draft.deviceId, draft.run),
    clientId: clientIdOf(draft.sessionId, draft.deviceId, draft.run),
    seq: draft.seq,
    prev: toHex(draft.prev),
    epoch: draft.epoch,
    at: draft.at,
    hash: toHex(sha256(header, signature)),
    header,
    signature,
    payload: draft.payload,
    bytes,
  };
}

/** Signs an entry. Throws RangeError when it is above `limits.entryBytes`: cut updates before. */
export async function signEntry(draft: EntryDraft, signer: Signer): Promise<Entry> {
  const header = encodeHeader(draft);
  const signature = await signer.sign(signedBytes(header));
  const bytes = concat(header, signature, draft.payload);
  if (bytes.length > limits.entryBytes) throw new RangeError(`an entry of ${bytes.length} bytes is above the limit`);
  return assemble(draft, header, signature, bytes);
}

/**
 * Strict parse of one entry: null for anything that does not re-encode to the same bytes (R-ENT-1, parse). Neither the
 * signature nor the payload's inside is looked at; the payload's length and hash are.
 */
export function parseEntry(bytes: Uint8Array): Entry | null {
  if (bytes.length > limits.entryBytes) return null;
  try {
    const own = new Uint8Array(bytes);
    const input = decoding.createDecoder(own);
    if (decoding.readUint8(input) !== entryVersion) return null;
    const kind = decoding.readUint8(input);
    if (!knownKinds.includes(kind)) return null;
    const take = (length: number): Bytes => new Uint8Array(decoding.readUint8Array(input, length));
    const sessionId = take(16);
    const deviceId = take(deviceIdBytes);
    const run = take(runBytes);
    const seq = readVarUint(input);
    const prev = take(hashBytes);
    const epoch = readVarUint(input);
    const at = readVarUint(input);
    const payloadLength = readVarUint(input);
    take(hashBytes);
    const headerLength = input.pos;
    const signature = take(signatureBytes);
    if (own.length - input.pos !== payloadLength || seq < 1) return null;
    const payload = own.slice(input.pos);
    const draft: EntryDraft = { kind: kind as EntryKind, sessionId, deviceId, run, seq, prev, epoch, at, payload };
    const header = own.slice(0, headerLength);
    // Re-encoding checks the payload's hash and that every number is in its shortest form.
    if (!equalBytes(encodeHeader(draft), header)) return null;
    return assemble(draft, header, signature, own);
  } catch {
    return null;
  }
}
