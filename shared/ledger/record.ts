import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { fromHex, toHex } from '../base/ids.ts';
import type { Bytes } from './bytes.ts';
import { concat, equalBytes, utf8 } from './bytes.ts';
import { sha256 } from './digest.ts';
import type { Signer, Verifier } from './keys.ts';
import { signatureBytes } from './keys.ts';
import { streamBytes } from './stream.ts';
import { readVarUint } from './varuint.ts';

export const verdicts = { ok: 0, void: 1, close: 2 } as const;
export type Verdict = (typeof verdicts)[keyof typeof verdicts];

/** What the authority says about one entry, for good. A close names the last sequenced entry of the stream (seq 0: none). R-AUT-1. */
export interface LedgerRecord {
  /** From 1, without gaps. */
  n: number;
  verdict: Verdict;
  stream: string;
  seq: number;
  hash: string;
  /** Authority's clock, ms since 1970. */
  receivedAt: number;
  /** SHA-256 of the skeleton, hex; of a void song.update only. */
  skeletonSha256: string | null;
}

const hashBytes = 32;

export function encodeRecord(record: LedgerRecord): Bytes {
  const out = encoding.createEncoder();
  encoding.writeVarUint(out, record.n);
  encoding.writeUint8(out, record.verdict);
  encoding.writeUint8Array(out, fromHex(record.stream));
  encoding.writeVarUint(out, record.seq);
  encoding.writeUint8Array(out, fromHex(record.hash));
  encoding.writeVarUint(out, record.receivedAt);
  if (record.verdict === verdicts.void) {
    encoding.writeUint8(out, record.skeletonSha256 === null ? 0 : 1);
    if (record.skeletonSha256 !== null) encoding.writeUint8Array(out, fromHex(record.skeletonSha256));
  }
  return new Uint8Array(encoding.toUint8Array(out));
}

/** Strict parse: null for anything that does not re-encode to the same bytes. */
export function parseRecord(bytes: Uint8Array): LedgerRecord | null {
  try {
    const input = decoding.createDecoder(bytes);
    const n = readVarUint(input);
    const verdict = decoding.readUint8(input);
    if (verdict !== verdicts.ok && verdict !== verdicts.void && verdict !== verdicts.close) return null;
    const stream = toHex(decoding.readUint8Array(input, streamBytes));
    const seq = readVarUint(input);
    const hash = toHex(decoding.readUint8Array(input, hashBytes));
    const receivedAt = readVarUint(input);
    const hasSkeleton = verdict === verdicts.void && decoding.readUint8(input) === 1;
    const skeletonSha256 = hasSkeleton ? toHex(decoding.readUint8Array(input, hashBytes)) : null;
    const record: LedgerRecord = { n, verdict, stream, seq, hash, receivedAt, skeletonSha256 };
    return n > 0 && equalBytes(encodeRecord(record), bytes) ? record : null;
  } catch {
    return null;
  }
}

const chainTag = utf8('chordme-chain-v1');
const headTag = utf8('chordme-head-v1');

function varUint(value: number): Bytes {
  const out = encoding.createEncoder();
  encoding.writeVarUint(out, value);
  return new Uint8Array(encoding.toUint8Array(out));
}

/** chain(0) of a session's generation. */
export function firstChain(sessionId: Bytes, generation: number): Bytes {
  return sha256(chainTag, sessionId, varUint(generation));
}

/** chain(n) from chain(n − 1) and record n. */
export function nextChain(chain: Bytes, record: Uint8Array): Bytes {
  return sha256(chain, record);
}

/** The authority's signature over everything up to n: records are believed and relayed only under one. */
export interface Head {
  generation: number;
  n: number;
  chain: Bytes;
  signature: Bytes;
}

function headMessage(sessionId: Bytes, head: Omit<Head, 'signature'>): Bytes {
  return concat(headTag, sessionId, varUint(head.generation), varUint(head.n), head.chain);
}

export async function signHead(sessionId: Bytes, head: Omit<Head, 'signature'>, signer: Signer): Promise<Head> {
  return { ...head, signature: await signer.sign(headMessage(sessionId, head)) };
}

export async function verifyHead(sessionId: Bytes, head: Head, authorityKey: Bytes, verifier: Verifier): Promise<boolean> {
  return verifier.verify('authority', authorityKey, head.signature, headMessage(sessionId, head));
}

export function encodeHead(head: Head): Bytes {
  return concat(varUint(head.generation), varUint(head.n), head.chain, head.signature);
}

/** Strict parse: null for anything that does not re-encode to the same bytes. */
export function parseHead(bytes: Uint8Array): Head | null {
  try {
    const input = decoding.createDecoder(bytes);
    const generation = readVarUint(input);
    const n = readVarUint(input);
    const chain = new Uint8Array(decoding.readUint8Array(input, hashBytes));
    const signature = new Uint8Array(decoding.readUint8Array(input, signatureBytes));
    const head: Head = { generation, n, chain, signature };
    return equalBytes(encodeHead(head), bytes) ? head : null;
  } catch {
    return null;
  }
}

/** Between two kept heads lie at least this many records, as in the store. */
const headSpacing = 256;

/** Adds the newest head; the one before stays only where it is far from its own predecessor. */
export function keepHead(heads: Head[], head: Head): void {
  const previous = heads.at(-1);
  if (previous !== undefined && previous.n - (heads.at(-2)?.n ?? 0) < headSpacing) heads.pop();
  heads.push(head);
}
