import type { Bytes } from './bytes.ts';
import { sha256 } from './digest.ts';

export const publicKeyBytes = 32;
export const signatureBytes = 64;

/** Whoever can sign: a device, or the authority. The private key stays where it is. */
export interface Signer {
  /** Raw Ed25519 public key, 32 bytes. */
  readonly publicKey: Bytes;
  /** Signature of 64 bytes over `message`. */
  sign(message: Bytes): Promise<Bytes>;
}

/** A signer around a WebCrypto key pair; `publicKey` raw. */
export function makeSigner(privateKey: CryptoKey, publicKey: Bytes): Signer {
  return {
    publicKey,
    sign: async (message) => new Uint8Array(await crypto.subtle.sign('Ed25519', privateKey, message)),
  };
}

/**
 * Checks Ed25519 signatures (RFC 8032, by WebCrypto) and keeps imported keys. A key that WebCrypto refuses verifies nothing.
 * Holds at most `capacity` keys: strangers can name keys of their own.
 */
export class Verifier {
  readonly #keys = new Map<string, Promise<CryptoKey | null>>();
  readonly #capacity: number;

  constructor(capacity = 1_000) {
    this.#capacity = capacity;
  }

  /** @param keyName any unique name of `publicKey`, used for the cache only */
  async verify(keyName: string, publicKey: Bytes, signature: Bytes, message: Bytes): Promise<boolean> {
    if (publicKey.length !== publicKeyBytes || signature.length !== signatureBytes) return false;
    let imported = this.#keys.get(keyName);
    if (imported === undefined) {
      if (this.#keys.size >= this.#capacity) this.#keys.clear();
      imported = crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify']).catch(() => null);
      this.#keys.set(keyName, imported);
    }
    const key = await imported;
    return key !== null && (await crypto.subtle.verify('Ed25519', key, signature, message));
  }
}

/** `device_id`: the first 16 bytes of SHA-256 of the raw public key. ledger.md, Identities. */
export function deviceIdOf(publicKey: Bytes): Bytes {
  return sha256(publicKey).slice(0, 16);
}
