import { createPrivateKey, KeyObject, sign, verify } from 'node:crypto';
import { sha256 } from '../../../shared/ledger/digest.ts';
import { makeSigner, type Signer } from '../../../shared/ledger/keys.ts';
import type { AuthorityKey } from '../../../shared/ledger/authority-key.ts';

// The same Ed25519, without the trip to another thread: WebCrypto answers in an order of its own, and a story that is not
// told in the same order twice can't be replayed. What asks is the product's own Verifier, Signer and jose.

const keyObjects = new WeakMap<CryptoKey, KeyObject>();
const imported = new Map<string, CryptoKey>();
/** A signature that was right once is right again: each of six devices checks the same ones. */
const checked = new Map<string, boolean>();
const mostChecked = 20_000;

function keyObjectOf(key: CryptoKey): KeyObject {
  const found = keyObjects.get(key) ?? KeyObject.from(key);
  keyObjects.set(key, found);
  return found;
}

function bufferOf(source: BufferSource): Buffer {
  return ArrayBuffer.isView(source) ? Buffer.from(source.buffer, source.byteOffset, source.byteLength) : Buffer.from(source);
}

/** Makes `crypto.subtle` of this test file answer at once; answers its own undo. */
export function answerAtOnce(): () => void {
  const { subtle } = globalThis.crypto;
  const importKey = subtle.importKey.bind(subtle);
  const own = {
    sign: async (_algorithm: unknown, key: CryptoKey, message: BufferSource): Promise<ArrayBuffer> =>
      new Uint8Array(sign(null, bufferOf(message), keyObjectOf(key))).buffer,
    verify: async (_algorithm: unknown, key: CryptoKey, signature: BufferSource, message: BufferSource): Promise<boolean> => {
      const name = `${bufferOf(signature).toString('latin1')}${bufferOf(message).toString('latin1')}`;
      const known = checked.get(name);
      if (known !== undefined) return known;
      const isRight = verify(null, bufferOf(message), keyObjectOf(key), bufferOf(signature));
      // Only what is right is kept: the name does not say whose key it was, and a right one fits one key only.
      if (checked.size > mostChecked) checked.clear();
      if (isRight) checked.set(name, true);
      return isRight;
    },
    importKey: async (format: 'raw', key: BufferSource, algorithm: string, isExtractable: boolean, uses: KeyUsage[]): Promise<CryptoKey> =>
      (format === 'raw' ? imported.get(bufferOf(key).toString('hex')) : undefined) ??
      importKey(format, key as ArrayBuffer, algorithm, isExtractable, uses),
  };
  for (const [name, value] of Object.entries(own)) Object.defineProperty(subtle, name, { value, configurable: true });
  return () => {
    for (const name of Object.keys(own)) Reflect.deleteProperty(subtle, name);
  };
}

export interface FuzzKeys {
  signer: Signer;
  privateKey: CryptoKey;
  authority: AuthorityKey;
}

const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The key pair of a name: the same in every run, so that devices sort the same way. */
export async function keysOf(name: string): Promise<FuzzKeys> {
  const pkcs8 = Buffer.concat([pkcs8Prefix, sha256(new TextEncoder().encode(`fuzz key ${name}`))]);
  const { x } = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }).export({ format: 'jwk' });
  const raw = new Uint8Array(Buffer.from(x ?? '', 'base64url'));
  const privateKey = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', true, ['sign']);
  const key = await crypto.subtle.importKey('raw', raw, 'Ed25519', true, ['verify']);
  imported.set(Buffer.from(raw).toString('hex'), key);
  return { signer: makeSigner(privateKey, raw), privateKey, authority: { raw, key } };
}
