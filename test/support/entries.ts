import { fromHex, uuidToBytes } from '../../shared/base/ids.ts';
import { utf8 } from '../../shared/ledger/bytes.ts';
import { entryKinds, noHash, signEntry, type Entry, type EntryKind } from '../../shared/ledger/entry.ts';
import { deviceIdOf, makeSigner } from '../../shared/ledger/keys.ts';

/** The first `count` entries of one stream, chained and signed by a fresh device. */
export async function makeEntries(sessionId: string, count: number, kind: EntryKind = entryKinds.chat): Promise<Entry[]> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey));
  const entries: Entry[] = [];
  for (let seq = 1; seq <= count; seq++) {
    const draft = {
      kind,
      sessionId: uuidToBytes(sessionId),
      deviceId: deviceIdOf(raw),
      run: new Uint8Array(8).fill(7),
      seq,
      prev: seq === 1 ? noHash : fromHex(entries.at(-1)?.hash ?? ''),
      epoch: 1,
      at: seq,
      payload: utf8(JSON.stringify({ text: `line ${seq}` })),
    };
    entries.push(await signEntry(draft, makeSigner(privateKey, raw)));
  }
  return entries;
}
