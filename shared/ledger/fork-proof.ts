import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { toHex } from '../base/ids.ts';
import type { Bytes } from './bytes.ts';
import { concat, equalBytes } from './bytes.ts';
import { sha256 } from './digest.ts';
import { signedBytes, type Entry } from './entry.ts';
import { signatureBytes, type Verifier } from './keys.ts';
import { deviceIdBytes, runBytes, streamOf } from './stream.ts';
import { readVarUint } from './varuint.ts';

/** As much of an entry as is signed. */
export interface SignedHeader {
  header: Bytes;
  signature: Bytes;
}

/** Two different entries with one place in one stream: whoever holds the key contradicted itself. R-ENT-3. */
export interface ForkProof {
  /** Hex. */
  device: string;
  stream: string;
  seq: number;
  /** In the order of their bytes, so that everybody has the same proof. */
  sides: readonly [SignedHeader, SignedHeader];
}

interface Place {
  sessionId: Bytes;
  device: string;
  stream: string;
  seq: number;
}

/** Where a header stands; null when it is none. Long numbers and bytes after it are refused. */
function readPlace(header: Bytes): Place | null {
  try {
    const input = decoding.createDecoder(header);
    const take = (length: number): Bytes => new Uint8Array(decoding.readUint8Array(input, length));
    take(2);
    const sessionId = take(16);
    const deviceId = take(deviceIdBytes);
    const run = take(runBytes);
    const seq = readVarUint(input);
    take(32);
    for (let numbers = 0; numbers < 3; numbers++) readVarUint(input);
    take(32);
    return input.pos === header.length && seq > 0 ? { sessionId, device: toHex(deviceId), stream: streamOf(deviceId, run), seq } : null;
  } catch {
    return null;
  }
}

const hashOf = ({ header, signature }: SignedHeader): string => toHex(sha256(header, signature));

function sideOf({ header, signature }: Entry): SignedHeader {
  return { header, signature };
}

/** The proof that two verified entries make; null when they don't contradict each other. */
export function forkOf(one: Entry, other: Entry): ForkProof | null {
  if (one.stream !== other.stream || one.seq !== other.seq || one.hash === other.hash) return null;
  const [first, second] = one.hash < other.hash ? [one, other] : [other, one];
  return { device: one.device, stream: one.stream, seq: one.seq, sides: [sideOf(first), sideOf(second)] };
}

export function encodeForkProof({ sides }: ForkProof): Bytes {
  const out = encoding.createEncoder();
  for (const { header, signature } of sides) encoding.writeVarUint8Array(out, concat(header, signature));
  return new Uint8Array(encoding.toUint8Array(out));
}

/** Strict parse; the signatures are not looked at. Null for what proves nothing about this session. */
export function parseForkProof(bytes: Uint8Array, sessionId: Bytes): ForkProof | null {
  try {
    const input = decoding.createDecoder(bytes);
    const read = (): SignedHeader => {
      const block = new Uint8Array(decoding.readVarUint8Array(input));
      const end = block.length - signatureBytes;
      return { header: block.slice(0, end), signature: block.slice(end) };
    };
    const sides: [SignedHeader, SignedHeader] = [read(), read()];
    const [one, other] = sides.map(({ header }) => readPlace(header));
    if (one === null || other === null || one === undefined || other === undefined) return null;
    const isOfSession = [one, other].every((place) => equalBytes(place.sessionId, sessionId));
    if (!isOfSession || one.stream !== other.stream || one.seq !== other.seq || hashOf(sides[0]) >= hashOf(sides[1])) return null;
    const proof: ForkProof = { device: one.device, stream: one.stream, seq: one.seq, sides };
    return equalBytes(encodeForkProof(proof), bytes) ? proof : null;
  } catch {
    return null;
  }
}

/** Whether the device really signed both. */
export async function verifyForkProof({ device, sides }: ForkProof, publicKey: Bytes, verifier: Verifier): Promise<boolean> {
  const genuine = await Promise.all(
    sides.map(({ header, signature }) => verifier.verify(device, publicKey, signature, signedBytes(header))),
  );
  return genuine.every(Boolean);
}
