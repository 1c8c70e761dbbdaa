import { toHex } from '../base/ids.ts';
import type { Bytes } from './bytes.ts';
import { deviceIdOf } from './keys.ts';

export interface AuthorityKey {
  /** Raw Ed25519 public key, 32 bytes. */
  raw: Bytes;
  /** The same, imported for statements. */
  key: CryptoKey;
}

/** Device id of the authority, whose streams carry attested entries. */
export function authorityDeviceOf(raw: Bytes): string {
  return toHex(deviceIdOf(raw));
}
