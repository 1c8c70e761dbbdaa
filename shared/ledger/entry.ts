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
import { decodeUpdate } from './update.ts';
import { readVarUint } from './varuint.ts';

export const entryVersion = 1;

export const entryKinds = { songUpdate: 1, songSet: 2, comment: 3, chat: 4, marker: 5, attested: 6 } as const;
export type EntryKind = (typeof entryKinds)[keyof typeof entryKinds];
const knownKinds: readonly number[] = Object.values(entryKinds);

/**
 * What is here of an entry's payload: all of it, nothing since what it said was deleted (R-ENT-6), or the skeleton of its
 * text since that is void (R-AUT-4). Only a whole one can be judged; the others are taken under a record.
 */
export type EntryForm = 'whole' | 'bare' | 'skeleton';
/** In the first byte as it travels, beside the version; the signature is over the version alone. */
const formBits: Record<EntryForm, number> = { whole: 0, bare: 0x40, skeleton: 0x80 };
const formMask = 0xc0;

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
  readonly form: EntryForm;
  /** Of a bare one nothing, of a skeleton a Yjs update. */
  readonly payload: Bytes;
  /** The whole entry as it travels and is stored. */
  readonly bytes: Bytes;
}

function encodeHeader(draft: EntryDraft, payloadLength = draft.payload.length, payloadHash = sha256(draft.payload)): Bytes {
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
  encoding.writeVarUint(out, payloadLength);
  encoding.writeUint8Array(out, payloadHash);
  return new Uint8Array(encoding.toUint8Array(out));
}

/** The bytes that an entry's signature is over. */
export function signedBytes(header: Bytes): Bytes {
  return concat(signTag, header);
}

function assemble(draft: EntryDraft, header: Bytes, signature: Bytes, form: EntryForm, bytes: Bytes): Entry {
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
    form,
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
  return assemble(draft, header, signature, 'whole', bytes);
}

/**
 * Strict parse of one entry: null for anything that does not re-encode to the same bytes (R-ENT-1, parse). Neither the
 * signature nor the payload's inside is looked at; a whole payload's length and hash are.
 */
export function parseEntry(bytes: Uint8Array): Entry | null {
  if (bytes.length > limits.entryBytes) return null;
  try {
    const own = new Uint8Array(bytes);
    const input = decoding.createDecoder(own);
    const first = decoding.readUint8(input);
    const form = formOf(first & formMask);
    if (form === null || (first & ~formMask) !== entryVersion) return null;
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
    const payloadHash = take(hashBytes);
    const headerLength = input.pos;
    const signature = take(signatureBytes);
    const payload = own.slice(input.pos);
    const mayBeReduced = (kind === entryKinds.songUpdate) === (form === 'skeleton') && (payload.length === 0) === (form === 'bare');
    if (seq < 1 || (form !== 'whole' && !mayBeReduced) || (form === 'whole' && payload.length !== payloadLength)) return null;
    const draft: EntryDraft = { kind: kind as EntryKind, sessionId, deviceId, run, seq, prev, epoch, at, payload };
    const header = own.slice(0, headerLength);
    header[0] = entryVersion;
    // Re-encoding checks a whole payload's hash and that every number is in its shortest form.
    const isShortest = equalBytes(form === 'whole' ? encodeHeader(draft) : encodeHeader(draft, payloadLength, payloadHash), header);
    const entry = isShortest ? assemble(draft, header, signature, form, own) : null;
    // Nothing else has looked at it: the header is over what was there before.
    return form === 'skeleton' && entry !== null && decodeUpdate(payload, entry.clientId) === null ? null : entry;
  } catch {
    return null;
  }
}

function formOf(bits: number): EntryForm | null {
  for (const form of ['whole', 'bare', 'skeleton'] as const) if (formBits[form] === bits) return form;
  return null;
}

function reduced(entry: Entry, form: EntryForm, payload: Bytes): Entry {
  const first = Uint8Array.of(entryVersion | formBits[form]);
  return { ...entry, form, payload, bytes: concat(first, entry.header.slice(1), entry.signature, payload) };
}

/** The same entry without what it said: its hash and its signature stay whole. R-ENT-6. */
export function withoutPayload(entry: Entry): Entry {
  return reduced(entry, 'bare', new Uint8Array());
}

/** The same entry with the skeleton of its text in place of the text. R-AUT-4. @param skeleton as a Yjs update */
export function withSkeleton(entry: Entry, skeleton: Bytes): Entry {
  return reduced(entry, 'skeleton', skeleton);
}
