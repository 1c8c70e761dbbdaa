import * as Y from 'yjs';
import { signCheckpoint } from './checkpoint.ts';
import { encodeCheckpointBody, type CheckpointBody, type CountedEntry } from './checkpoint-body.ts';
import { contentDigest } from './content-digest.ts';
import type { Signer } from './keys.ts';
import type { Ledger } from './ledger.ts';
import { isListed } from './ledger-base.ts';
import type { LedgerStart } from './load.ts';
import { verdicts } from './record.ts';

function countedIn(ledger: Ledger): CountedEntry[] {
  const counted = [...(ledger.base?.counted ?? [])].map(([hash, n]) => ({ n, hash }));
  for (const { record } of ledger.records) {
    const entry = record.verdict === verdicts.ok ? ledger.entry(record.hash) : undefined;
    if (entry !== undefined && isListed(entry)) counted.push({ n: record.n, hash: record.hash });
  }
  return counted;
}

/** What was said in vain: who answers it must not wait for ever where its record is gone. */
function refusedIn(ledger: Ledger): string[] {
  const refused = new Set(ledger.base?.body.refused);
  for (const { record } of ledger.records) {
    const entry = record.verdict === verdicts.void ? ledger.entry(record.hash) : undefined;
    if (entry !== undefined && isListed(entry)) refused.add(record.hash);
  }
  return [...refused].sort();
}

/**
 * A checkpoint of everything that has a record; null while something without one is folded too, which would get into it.
 * R-AUT-3.
 * @param generation that begins with it, where it is another one: R-AUT-5
 */
export function makeCheckpoint(ledger: Ledger, signer: Signer, generation = ledger.generation): Promise<LedgerStart> | null {
  if (ledger.n === 0 || ledger.hasFoldedPending) return null;
  // Who folds the records and who begins here have the same. R-DOC-4.
  if (ledger.folding.verifyOrder()) ledger.settle();
  const { fold, n, chain } = ledger;
  const body: CheckpointBody = {
    streams: ledger.baseStreams(),
    state: new Uint8Array(Y.encodeStateAsUpdate(fold.doc)),
    sets: [...fold.sets].sort(([a], [b]) => (a < b ? -1 : 1)),
    counted: countedIn(ledger),
    refused: refusedIn(ledger),
  };
  const at = { generation, n, chain, contentSha256: contentDigest(fold) };
  return signed(ledger, at, body, signer);
}

async function signed(
  ledger: Ledger,
  at: Parameters<typeof signCheckpoint>[1],
  body: CheckpointBody,
  signer: Signer,
): Promise<LedgerStart> {
  const checkpoint = await signCheckpoint(ledger.sessionBytes, at, encodeCheckpointBody(body), signer);
  const counted = new Map(body.counted.map(({ n, hash }) => [hash, n]));
  return { checkpoint, base: { head: checkpoint.head, body, counted, spare: null } };
}
