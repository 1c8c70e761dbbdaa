import { fromHex } from '../base/ids.ts';
import { equalBytes, type Bytes } from './bytes.ts';
import { joinCheckpoint, verifyCheckpointHead } from './checkpoint.ts';
import { parseEntry, signedBytes, type Entry } from './entry.ts';
import type { Verifier } from './keys.ts';
import { openBase } from './ledger-base.ts';
import type { Ledger } from './ledger.ts';
import type { LedgerStart, StoredLedger } from './load.ts';
import { firstChain, nextChain, parseHead, parseRecord, verifyHead, type LedgerRecord } from './record.ts';
import { standsUnder } from './reduced-entry.ts';

/** A stretch of a ledger's past as somebody sent it. */
export interface SentStretch {
  /** Where it begins; null: at the first record of all. */
  checkpoint: { head: Uint8Array; body: Uint8Array } | null;
  /** From there on, without gaps. */
  records: readonly Uint8Array[];
  /** The authority's signature over all of them; null: there are none. */
  head: Uint8Array | null;
  entries: readonly Uint8Array[];
}

export interface StretchTools {
  ledger: Pick<Ledger, 'sessionBytes' | 'generation' | 'keyOf'>;
  /** Raw public key. */
  authority: Bytes;
  verifier: Verifier;
}

/** Between two rests: some milliseconds of work. */
const entriesAtOnce = 100;

/**
 * Verifies it as what comes over a link is: the checkpoint, the chain of the records under their head, and each entry's signature and place
 * under its record. Answers it as one's own store would have it; null when anything in it is not what was signed. R-ENT-1, R-AUT-1, R-AUT-3.
 * @param rest awaited now and then with the share that is done, 0 to 1; what it throws ends the work
 */
export async function verifyStretch(
  sent: SentStretch,
  tools: StretchTools,
  rest: (done: number) => Promise<void>,
): Promise<StoredLedger | null> {
  const start = sent.checkpoint === null ? null : await openSentStart(sent.checkpoint, tools);
  if (sent.checkpoint !== null && start === null) return null;
  const records = await readRecords(sent, start, tools);
  if (records === null) return null;
  const entries: Uint8Array[] = [];
  for (let at = 0; at < sent.entries.length; at += entriesAtOnce) {
    await rest(at / sent.entries.length);
    const some = sent.entries.slice(at, at + entriesAtOnce).map((bytes) => parseEntry(bytes));
    const genuine = await Promise.all(some.map((entry) => isGenuine(entry, records, tools)));
    if (genuine.includes(false)) return null;
    for (const entry of some) if (entry !== null) entries.push(entry.bytes);
  }
  return { start, entries, records: sent.records, heads: sent.head === null ? [] : [sent.head] };
}

async function openSentStart(
  { head, body }: NonNullable<SentStretch['checkpoint']>,
  { ledger, authority, verifier }: StretchTools,
): Promise<LedgerStart | null> {
  const checkpoint = joinCheckpoint(head, body);
  if (checkpoint === null || checkpoint.head.generation !== ledger.generation) return null;
  if (!(await verifyCheckpointHead(ledger.sessionBytes, checkpoint.head, authority, verifier))) return null;
  const base = openBase(checkpoint);
  return base === null ? null : { checkpoint, base };
}

/** By the hash of what each numbers; null where they are not one chain under the head. */
async function readRecords(
  { records, head: headBytes }: SentStretch,
  start: LedgerStart | null,
  { ledger, authority, verifier }: StretchTools,
): Promise<Map<string, LedgerRecord> | null> {
  let [n, chain] = start === null ? [0, firstChain(ledger.sessionBytes, ledger.generation)] : [start.base.head.n, start.base.head.chain];
  const byHash = new Map<string, LedgerRecord>();
  for (const bytes of records) {
    const record = parseRecord(bytes);
    if (record?.n !== n + 1) return null;
    n = record.n;
    chain = nextChain(chain, bytes);
    byHash.set(record.hash, record);
  }
  if (records.length === 0) return byHash;
  const head = headBytes === null ? null : parseHead(headBytes);
  const isOver = head !== null && head.n === n && head.generation === ledger.generation && equalBytes(head.chain, chain);
  return isOver && (await verifyHead(ledger.sessionBytes, head, authority, verifier)) ? byHash : null;
}

async function isGenuine(
  entry: Entry | null,
  records: ReadonlyMap<string, LedgerRecord>,
  { ledger, authority, verifier }: StretchTools,
): Promise<boolean> {
  const record = entry === null ? undefined : records.get(entry.hash);
  if (entry === null || record === undefined || !equalBytes(entry.sessionId, ledger.sessionBytes) || !standsUnder(entry, record))
    return false;
  const key = ledger.keyOf(entry);
  if (key === null) return false;
  const publicKey = key === 'authority' ? authority : fromHex(key.public_key);
  return verifier.verify(entry.device, publicKey, entry.signature, signedBytes(entry.header));
}
