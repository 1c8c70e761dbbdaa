import { toHex, uuidToBytes } from '../../shared/base/ids.ts';
import type { Bytes } from '../../shared/ledger/bytes.ts';
import { concat, utf8 } from '../../shared/ledger/bytes.ts';
import { deviceIdOf, makeSigner, type Signer } from '../../shared/ledger/keys.ts';

const databaseName = 'chordme-device';
const storeName = 'keys';

interface KeptKey {
  privateKey: CryptoKey;
  publicKey: Bytes;
}

function wait<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('the browser keeps no keys')));
  });
}

async function openKeys(factory: IDBFactory): Promise<IDBDatabase> {
  const request = factory.open(databaseName, 1);
  request.addEventListener('upgradeneeded', () => request.result.createObjectStore(storeName));
  return wait(request);
}

/**
 * This device's key for one user of one server, made when there is none: not extractable, kept in IndexedDB (ledger.md,
 * Identities). Two windows that make one at once end up with the same.
 */
export async function openDeviceKey(factory: IDBFactory, authorityKey: Bytes, userId: string): Promise<Signer> {
  const name = `${toHex(authorityKey)}/${userId}`;
  const db = await openKeys(factory);
  try {
    let kept = (await wait(db.transaction(storeName).objectStore(storeName).get(name))) as KeptKey | undefined;
    if (kept === undefined) {
      const pair = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
      const made: KeptKey = {
        privateKey: pair.privateKey,
        publicKey: new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)),
      };
      const store = db.transaction(storeName, 'readwrite').objectStore(storeName);
      // Within one transaction: the other window's key, if it was quicker.
      kept = ((await wait(store.get(name))) as KeptKey | undefined) ?? made;
      if (kept === made) await wait(store.put(made, name));
    }
    return makeSigner(kept.privateKey, new Uint8Array(kept.publicKey));
  } finally {
    db.close();
  }
}

/** Which device this browser is for that user of that server; null while it has no key. None is made. */
export async function findDeviceId(factory: IDBFactory, authorityKey: Bytes, userId: string): Promise<string | null> {
  const db = await openKeys(factory);
  try {
    const name = `${toHex(authorityKey)}/${userId}`;
    const kept = (await wait(db.transaction(storeName).objectStore(storeName).get(name))) as KeptKey | undefined;
    return kept === undefined ? null : toHex(deviceIdOf(new Uint8Array(kept.publicKey)));
  } finally {
    db.close();
  }
}

/** Proof that a device key is in its user's hands, for its registration: nobody registers another's. */
export async function proveDevice(signer: Signer, userId: string, thumbprint: Bytes): Promise<{ public_key: string; signature: string }> {
  const signature = await signer.sign(concat(utf8('chordme-device-v1'), uuidToBytes(userId), thumbprint));
  return { public_key: toHex(signer.publicKey), signature: toHex(signature) };
}
