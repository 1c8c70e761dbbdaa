import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { fromHex, toHex } from '../base/ids.ts';
import { limits } from '../base/limits.ts';
import type { Bytes } from './bytes.ts';
import { concat, equalBytes, utf8 } from './bytes.ts';
import { sha256 } from './digest.ts';
import type { Signer, Verifier } from './keys.ts';
import { signatureBytes } from './keys.ts';
import { readVarUint } from './varuint.ts';

/** The authority's word for everything up to n: who takes it over needs no record and no entry before. R-AUT-3. */
export interface CheckpointHead {
  generation: number;
  n: number;
  chain: Bytes;
  /** Hex; of the songs and the setlist, whatever their bytes. R-DOC-4. */
  contentSha256: string;
  /** Hex. */
  bodySha256: string;
  bodyLength: number;
  signature: Bytes;
}

/** A checkpoint as it is stored and passed on: the authority's own bytes. */
export interface Checkpoint {
  readonly head: CheckpointHead;
  readonly headBytes: Bytes;
  readonly body: Bytes;
}

const hashBytes = 32;
const signTag = utf8('chordme-checkpoint-v1');

type Unsigned = Omit<CheckpointHead, 'signature'>;

function unsignedBytes(head: Unsigned): Bytes {
  const out = encoding.createEncoder();
  encoding.writeVarUint(out, head.generation);
  encoding.writeVarUint(out, head.n);
  encoding.writeUint8Array(out, head.chain);
  encoding.writeUint8Array(out, fromHex(head.contentSha256));
  encoding.writeUint8Array(out, fromHex(head.bodySha256));
  encoding.writeVarUint(out, head.bodyLength);
  return new Uint8Array(encoding.toUint8Array(out));
}

export function encodeCheckpointHead(head: CheckpointHead): Bytes {
  return concat(unsignedBytes(head), head.signature);
}

/** Strict parse: null for anything that does not re-encode to the same bytes, or is above the limit. */
export function parseCheckpointHead(bytes: Uint8Array): CheckpointHead | null {
  try {
    const input = decoding.createDecoder(bytes);
    const take = (length: number): Bytes => new Uint8Array(decoding.readUint8Array(input, length));
    const generation = readVarUint(input);
    const n = readVarUint(input);
    const chain = take(hashBytes);
    const contentSha256 = toHex(take(hashBytes));
    const bodySha256 = toHex(take(hashBytes));
    const bodyLength = readVarUint(input);
    const head = { generation, n, chain, contentSha256, bodySha256, bodyLength, signature: take(signatureBytes) };
    return bodyLength <= limits.checkpointBytes && equalBytes(encodeCheckpointHead(head), bytes) ? head : null;
  } catch {
    return null;
  }
}

/** Signs a body; its n, chain and content are the caller's. Throws RangeError above the limit. */
export async function signCheckpoint(
  sessionId: Bytes,
  at: Pick<CheckpointHead, 'generation' | 'n' | 'chain' | 'contentSha256'>,
  body: Bytes,
  signer: Signer,
): Promise<Checkpoint> {
  if (body.length > limits.checkpointBytes) throw new RangeError(`a checkpoint of ${body.length} bytes is above the limit`);
  const unsigned = { ...at, bodySha256: toHex(sha256(body)), bodyLength: body.length };
  const head = { ...unsigned, signature: await signer.sign(concat(signTag, sessionId, unsignedBytes(unsigned))) };
  return { head, headBytes: encodeCheckpointHead(head), body };
}

/** Whether the authority signed this for this session. */
export function verifyCheckpointHead(sessionId: Bytes, head: CheckpointHead, authorityKey: Bytes, verifier: Verifier): Promise<boolean> {
  return verifier.verify('authority', authorityKey, head.signature, concat(signTag, sessionId, unsignedBytes(head)));
}

/** A checkpoint of a head that was verified; null when the body is not the one that was signed. */
export function joinCheckpoint(headBytes: Uint8Array, body: Uint8Array): Checkpoint | null {
  const head = parseCheckpointHead(headBytes);
  if (head === null || body.length !== head.bodyLength || toHex(sha256(body)) !== head.bodySha256) return null;
  return { head, headBytes: new Uint8Array(headBytes), body: new Uint8Array(body) };
}
