import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { limits } from '../base/limits.ts';

/**
 * The contract over a WebSocket: binary frames, lib0's `any` encoding, which keeps `Uint8Array`s as they are.
 *
 *     window to core   [id, name, args]      id from 1, not used twice on one socket
 *     core to window   [id, reply]           in any order
 *     core to window   [0, name, payload]    an event
 */
export interface CallFrame {
  id: number;
  name: string;
  args: unknown;
}
export type AnswerFrame = { kind: 'reply'; id: number; reply: unknown } | { kind: 'event'; name: string; payload: unknown };

function encode(frame: readonly unknown[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(encoding.encode((out) => encoding.writeAny(out, frame as Parameters<typeof encoding.writeAny>[1])));
}

/** Null for anything that is not exactly one encoded array. */
function decode(bytes: Uint8Array): unknown[] | null {
  if (bytes.length > limits.ipcFrameBytes) return null;
  try {
    // A copy: lib0 makes views by declared lengths, which on a slice of a pooled buffer would reach into its neighbours.
    const input = decoding.createDecoder(new Uint8Array(bytes));
    const frame: unknown = decoding.readAny(input);
    return Array.isArray(frame) && input.pos === bytes.length ? frame : null;
  } catch {
    return null;
  }
}

export function encodeCall({ id, name, args }: CallFrame): Uint8Array<ArrayBuffer> {
  return encode([id, name, args]);
}

export function decodeCall(bytes: Uint8Array): CallFrame | null {
  const [id, name, args, ...rest] = decode(bytes) ?? [];
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 1 || typeof name !== 'string' || rest.length > 0) return null;
  return { id, name, args };
}

export function encodeReply(id: number, reply: object): Uint8Array<ArrayBuffer> {
  return encode([id, reply]);
}

export function encodeEvent(name: string, payload: object): Uint8Array<ArrayBuffer> {
  return encode([0, name, payload]);
}

export function decodeAnswer(bytes: Uint8Array): AnswerFrame | null {
  const frame = decode(bytes) ?? [];
  const [id, second, third] = frame;
  if (id === 0 && typeof second === 'string' && frame.length === 3) return { kind: 'event', name: second, payload: third };
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 1 || frame.length !== 2) return null;
  return { kind: 'reply', id, reply: second };
}
