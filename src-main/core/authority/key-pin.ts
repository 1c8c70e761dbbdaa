import { createHash } from 'node:crypto';
import { toHex } from '../../../shared/base/ids.ts';

/** RFC 7638 thumbprint of an Ed25519 JWK, base64url. */
function thumbprintOf(x: string): string {
  return createHash('sha256')
    .update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }))
    .digest('base64url');
}

/**
 * The raw public key, hex, among `keys` (JWK `x` members) whose thumbprint is the one that the server names as its own;
 * null when none is.
 */
export function findAuthorityKey(keys: readonly string[], thumbprint: string): string | null {
  const x = keys.find((key) => thumbprintOf(key) === thumbprint);
  const raw = Buffer.from(x ?? '', 'base64url');
  return raw.length === 32 ? toHex(raw) : null;
}
