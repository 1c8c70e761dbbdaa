import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type webcrypto } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { RandomBytes } from '../../shared/base/ids.ts';
import { authorityKeyFile, tokenSecretFile } from '../data-files.ts';

export interface PublicJwk {
  kty: 'OKP';
  crv: 'Ed25519';
  x: string;
  kid: string;
  alg: 'EdDSA';
  use: 'sig';
}

/** The two secrets of a server, kept in its data directory. */
export interface AuthorityKeys {
  /** Signs statements, heads and attested entries; not extractable. */
  privateKey: webcrypto.CryptoKey;
  publicKey: webcrypto.CryptoKey;
  /** Raw Ed25519 public key, 32 bytes. */
  publicKeyBytes: Uint8Array<ArrayBuffer>;
  /** RFC 7638, SHA-256, 32 bytes; devices sign them at registration. */
  thumbprintBytes: Uint8Array<ArrayBuffer>;
  /** The same in base64url, as links and `/api/v1/server` name it. */
  thumbprint: string;
  jwk: PublicJwk;
  /** HS256 key of access tokens, 32 bytes. */
  tokenSecret: Uint8Array;
}

/**
 * A secret file, made when missing. It appears whole or not at all, so that a crash at first start leaves no half key.
 * Throws when others may read it, since it would then be no secret.
 */
function readOrMake(path: string, make: () => Uint8Array): Uint8Array {
  if (!existsSync(path)) {
    const part = `${path}.part`;
    const file = openSync(part, 'w', 0o600);
    try {
      writeSync(file, make());
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(part, path);
  }
  return readFileSync(path);
}

/** RFC 7638 §3.2 with RFC 8037: SHA-256 of the required members in lexicographic order, no white space. `x` in base64url. */
export function thumbprintOf(x: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(
    createHash('sha256')
      .update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }))
      .digest(),
  );
}

/** Opens or makes the keys in `directory`. Throws when a file is there but is no key. */
export async function openAuthorityKeys(directory: string, random: RandomBytes): Promise<AuthorityKeys> {
  const pkcs8 = readOrMake(join(directory, authorityKeyFile), () =>
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' }),
  );
  const tokenSecret = readOrMake(join(directory, tokenSecretFile), () => random(32));
  if (tokenSecret.length !== 32) throw new Error('The file token-secret of the data directory is damaged: it must have 32 bytes.');

  const parsed = createPrivateKey({ key: Buffer.from(pkcs8), type: 'pkcs8', format: 'der' });
  if (parsed.asymmetricKeyType !== 'ed25519') throw new Error('The file authority-key.pkcs8 of the data directory holds no Ed25519 key.');
  const { x } = createPublicKey(parsed).export({ format: 'jwk' });
  if (x === undefined) throw new Error('The public part of the authority key cannot be read.');
  const publicKeyBytes = new Uint8Array(Buffer.from(x, 'base64url'));
  const thumbprintBytes = thumbprintOf(x);
  const thumbprint = Buffer.from(thumbprintBytes).toString('base64url');
  return {
    privateKey: await crypto.subtle.importKey('pkcs8', new Uint8Array(pkcs8), 'Ed25519', false, ['sign']),
    publicKey: await crypto.subtle.importKey('raw', publicKeyBytes, 'Ed25519', true, ['verify']),
    publicKeyBytes,
    thumbprintBytes,
    thumbprint,
    jwk: { kty: 'OKP', crv: 'Ed25519', x, kid: thumbprint, alg: 'EdDSA', use: 'sig' },
    tokenSecret: new Uint8Array(tokenSecret),
  };
}
