import { toHex } from '../base/ids.ts';
import type { Bytes } from './bytes.ts';
import { utf8 } from './bytes.ts';
import { sha256 } from './digest.ts';

export const deviceIdBytes = 16;
export const runBytes = 8;
export const streamBytes = deviceIdBytes + runBytes;

/** Name of a stream: device_id ‖ run in lower-case hex, so that comparing texts compares the bytes. */
export function streamOf(deviceId: Uint8Array, run: Uint8Array): string {
  return toHex(deviceId) + toHex(run);
}

/** The device that writes a stream, hex. */
export function deviceOfStream(stream: string): string {
  return stream.slice(0, deviceIdBytes * 2);
}

const clientTag = utf8('chordme-client');

/** The Yjs client id of a stream: 53 bits of a hash, so that it is checked and not chosen. ledger.md, Identities. */
export function clientIdOf(sessionId: Bytes, deviceId: Uint8Array, run: Uint8Array): number {
  const digest = sha256(clientTag, sessionId, deviceId, run);
  let value = 0;
  for (let at = 0; at < 6; at++) value = value * 256 + (digest[at] ?? 0);
  return value * 32 + ((digest[6] ?? 0) >> 3);
}
