import { limits } from '../base/limits.ts';
import type { Bytes } from './bytes.ts';
import { concat } from './bytes.ts';

const more = 0;
const last = 1;

/** A message as chunks of at most `limits.chunkBytes`: one byte that says whether more follow, then the part. R-LNK-1. */
export function* toChunks(message: Bytes): Generator<Bytes> {
  const room = limits.chunkBytes - 1;
  for (let at = 0; at < message.length || at === 0; at += room) {
    const part = message.subarray(at, at + room);
    yield concat(Uint8Array.of(at + room < message.length ? more : last), part);
  }
}

/** Puts chunks together again. Memory is bounded before it is used. */
export class ChunkReader {
  #parts: Uint8Array[] = [];
  #size = 0;

  /** The whole message at its last chunk, null before; throws RangeError for what breaks the rules: close the link then. */
  read(chunk: Uint8Array): Bytes | null {
    const flag = chunk[0];
    if (chunk.length < 2 || chunk.length > limits.chunkBytes || (flag !== more && flag !== last)) throw new RangeError('not a chunk');
    // A message in chunks of one byte would cost a hundred times its size.
    if (flag === more && chunk.length < limits.chunkBytes) throw new RangeError('a chunk that is not full');
    this.#size += chunk.length - 1;
    if (this.#size > limits.messageBytes) throw new RangeError('message too large');
    this.#parts.push(chunk.slice(1));
    if (flag === more) return null;
    const message = concat(...this.#parts);
    this.#parts = [];
    this.#size = 0;
    return message;
  }
}
