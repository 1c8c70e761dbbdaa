import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { Bytes } from './bytes.ts';
import { readVarUint } from './varuint.ts';

/** Whose presence an awareness update tells, and the how-manieth time. */
export interface ToldPresence {
  client: number;
  clock: number;
  /** As it came: JSON, nothing of it checked. */
  state: unknown;
}

/**
 * Reads an awareness update (y-protocols' encoding: count, then client, clock, JSON); null when it is malformed or speaks of
 * several: everybody tells their own presence only. R-MSH-1.
 */
export function readAwareness(update: Uint8Array): ToldPresence | null {
  try {
    const input = decoding.createDecoder(update);
    if (readVarUint(input) !== 1) return null;
    const client = readVarUint(input);
    const clock = readVarUint(input);
    const state: unknown = JSON.parse(decoding.readVarString(input));
    return input.pos === update.length ? { client, clock, state } : null;
  } catch {
    return null;
  }
}

/** The awareness update that says a client is gone. */
export function encodeGone(client: number, clock: number): Bytes {
  const out = encoding.createEncoder();
  encoding.writeVarUint(out, 1);
  encoding.writeVarUint(out, client);
  encoding.writeVarUint(out, clock);
  encoding.writeVarString(out, 'null');
  return new Uint8Array(encoding.toUint8Array(out));
}
