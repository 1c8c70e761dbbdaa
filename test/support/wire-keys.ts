import { createPrivateKey, createPublicKey } from 'node:crypto';
import { fromHex, uuidToBytes } from '../../shared/base/ids.ts';
import type { Bytes } from '../../shared/ledger/bytes.ts';
import { deviceIdOf, makeSigner, type Signer } from '../../shared/ledger/keys.ts';
import { clientIdOf, streamOf } from '../../shared/ledger/stream.ts';

/** Everything the sample frames of the wire are made with: fixed for ever, secret to nobody. */
export const wireSessionId = '018f3c2a-7b1e-7c3d-8e4f-5a6b7c8d9e0f';
export const wireUserId = '018f3c2a-0000-7000-8000-000000000001';
export const wireSongId = '018f3c2a-0000-7000-8000-0000000000aa';
export const wireItemId = '018f3c2a-0000-7000-8000-0000000000bb';
export const wireSessionBytes = uuidToBytes(wireSessionId);

/** PKCS #8 of an Ed25519 key (RFC 8410 §7) up to its seed. */
const pkcs8Head = '302e020100300506032b657004220420';

export interface WireKey {
  signer: Signer;
  privateKey: CryptoKey;
  publicKey: CryptoKey;
  raw: Bytes;
  deviceId: Bytes;
  run: Bytes;
  stream: string;
  clientId: number;
}

/** The key whose seed is one byte, repeated: Ed25519 signatures are the same each time they are made. */
async function keyOf(byte: number): Promise<WireKey> {
  const pkcs8 = fromHex(pkcs8Head + byte.toString(16).padStart(2, '0').repeat(32));
  const { x = '' } = createPublicKey(createPrivateKey({ key: Buffer.from(pkcs8), type: 'pkcs8', format: 'der' })).export({ format: 'jwk' });
  const raw = new Uint8Array(Buffer.from(x, 'base64url'));
  const privateKey = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign']);
  const deviceId = deviceIdOf(raw);
  const run = new Uint8Array(8).fill(byte);
  return {
    signer: makeSigner(privateKey, raw),
    privateKey,
    publicKey: await crypto.subtle.importKey('raw', raw, 'Ed25519', true, ['verify']),
    raw,
    deviceId,
    run,
    stream: streamOf(deviceId, run),
    clientId: clientIdOf(wireSessionBytes, deviceId, run),
  };
}

export interface WireKeys {
  authority: WireKey;
  /** Ann's device. */
  ann: WireKey;
  /** Bob's device. */
  bob: WireKey;
}

export async function wireKeys(): Promise<WireKeys> {
  return { authority: await keyOf(1), ann: await keyOf(2), bob: await keyOf(3) };
}
