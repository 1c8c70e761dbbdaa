import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import type { Bytes } from './bytes.ts';
import { concat } from './bytes.ts';

/**
 * SHA-256 of the parts, joined. Synchronous on purpose: WebCrypto's is a round trip to another thread, which costs more
 * than the hash of an entry of 300 bytes and would let arrivals overtake each other.
 */
export function sha256(...parts: readonly Uint8Array[]): Bytes {
  return new Uint8Array(nobleSha256(parts.length === 1 && parts[0] !== undefined ? parts[0] : concat(...parts)));
}
