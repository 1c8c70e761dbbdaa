import { expect, test } from 'vitest';
import { concat } from '../../../shared/ledger/bytes.ts';
import { entryKinds, parseEntry } from '../../../shared/ledger/entry.ts';
import { Fold } from '../../../shared/ledger/fold.ts';
import { foldStretch } from '../../../shared/ledger/fold-stretch.ts';
import { Verifier } from '../../../shared/ledger/keys.ts';
import { foldFrom } from '../../../shared/ledger/ledger-base.ts';
import { makeCheckpoint } from '../../../shared/ledger/make-checkpoint.ts';
import { encodeJson } from '../../../shared/ledger/payloads.ts';
import { encodeHead, verdicts } from '../../../shared/ledger/record.ts';
import { asSkeleton } from '../../../shared/ledger/reduced-entry.ts';
import { rootOfSong } from '../../../shared/ledger/update.ts';
import { verifyStretch, type SentStretch } from '../../../shared/ledger/verify-stretch.ts';
import { readStoredStretch } from '../../../src-renderer/session/stored-stretch.ts';
import { Band, settled, songId, type Member } from '../../support/band.ts';
import { Pipe } from '../../support/pipe.ts';

const rest = async (): Promise<void> => undefined;

async function rehearse(): Promise<{ band: Band; ann: Member; sent: SentStretch }> {
  const band = await Band.open();
  const [ann, bob] = [await band.join('Ann', 'editor'), await band.join('Bob', 'editor')];
  for (const member of [ann, bob]) new Pipe(member, band);
  const wrote = (count: number): Promise<void> => settled(() => [band, ann, bob].every(({ ledger }) => ledger.n === count), band);
  ann.type(0, 'Silent ');
  await ann.author.flush();
  await ann.author.write(entryKinds.chat, encodeJson({ type: 'message', text: 'from the top', reply_to: null }));
  await wrote(2);
  const made = await makeCheckpoint(band.ledger, band.keys.signer);
  if (made === null) throw new Error('no checkpoint');
  bob.type(7, 'night');
  await wrote(3);
  // Void: Bob did not know yet that he may not.
  await band.setRole(bob, 'viewer');
  await settled(() => bob.ledger.statement?.claims.epoch === band.ledger.statement?.claims.epoch, band);
  bob.text.insert(0, 'no ');
  await bob.author.flush();
  await settled(() => band.ledger.n === 4, band);
  ann.type(12, '\nHoly night');
  await ann.author.flush();
  await settled(() => band.ledger.n === 5, band);
  return { band, ann, sent: sentBy(band, made.checkpoint) };
}

/** What the server sends of it: from the checkpoint on, void text as its places only. */
function sentBy(
  { ledger }: Band,
  checkpoint: { headBytes: Uint8Array; body: Uint8Array } | null,
  above = checkpoint === null ? 0 : 2,
): SentStretch {
  const records = ledger.records.filter(({ record }) => record.n > above);
  const text = records.flatMap(({ record }) => {
    const entry = ledger.entry(record.hash);
    return entry?.kind === entryKinds.songUpdate ? [asSkeleton(entry, record).bytes] : [];
  });
  return {
    checkpoint: checkpoint === null ? null : { head: checkpoint.headBytes, body: checkpoint.body },
    records: records.map(({ bytes }) => bytes),
    head: ledger.head === null ? null : encodeHead(ledger.head),
    entries: text,
  };
}

const verify = ({ ledger, keys }: Band, sent: SentStretch) =>
  verifyStretch(sent, { ledger, authority: keys.authority.raw, verifier: new Verifier() }, rest);

test('a stretch that somebody sends is read as if it had been here, from a checkpoint or from the beginning', async () => {
  const { band, sent } = await rehearse();
  const text = band.ledger.fold.doc.getText(rootOfSong(songId)).toJSON();
  expect(text).toBe('Silent night\nHoly night');
  for (const one of [sent, sentBy(band, null)]) {
    const stored = await verify(band, one);
    if (stored === null) throw new Error('it is what was signed');
    const { base, recorded } = await readStoredStretch(stored);
    expect(base?.head.n ?? 0).toBe(one.checkpoint === null ? 0 : 2);
    expect(recorded.map(({ record }) => record.verdict)).toContain(verdicts.void);
    const fold = base === null ? new Fold() : foldFrom(base, []);
    foldStretch(fold, recorded);
    expect(fold.doc.getText(rootOfSong(songId)).toJSON()).toBe(text);
  }
});

/** The same with one bit of a byte turned: the last one, or another. */
function flipped(bytes: Uint8Array | undefined, at = -1): Uint8Array {
  const copy = new Uint8Array(bytes ?? []);
  const index = at < 0 ? copy.length + at : at;
  copy[index] = (copy[index] ?? 0) ^ 1;
  return copy;
}

test('[R-ENT-1] [R-AUT-1] [R-AUT-3] of a stretch that somebody changed anywhere nothing is taken', async () => {
  const { band, ann, sent } = await rehearse();
  const [first = new Uint8Array(), ...others] = sent.entries;
  const parsed = parseEntry(first);
  if (parsed === null || sent.checkpoint === null) throw new Error('an entry after a checkpoint');
  const { head, body } = sent.checkpoint;
  const other = await rehearse();
  const forged: Record<string, SentStretch> = {
    'a record': { ...sent, records: [flipped(sent.records[0]), ...sent.records.slice(1)] },
    'a record left out': { ...sent, records: sent.records.slice(1) },
    'the last record left out': { ...sent, records: sent.records.slice(0, -1) },
    'records in another order': { ...sent, records: sent.records.toReversed() },
    'the head': { ...sent, head: flipped(sent.head ?? undefined) },
    'no head': { ...sent, head: null },
    'the checkpoint’s signature': { ...sent, checkpoint: { head: flipped(head), body } },
    'the checkpoint’s body': { ...sent, checkpoint: { head, body: flipped(body, 40) } },
    'a text': { ...sent, entries: [flipped(first), ...others] },
    'a signature': { ...sent, entries: [concat(parsed.header, flipped(parsed.signature), parsed.payload), ...others] },
    'what is no entry': { ...sent, entries: [new Uint8Array(9), ...others] },
    'an entry that no record of these numbers': { ...sent, entries: [...sent.entries, ann.entriesMade[0]?.bytes ?? new Uint8Array()] },
    'another session': other.sent,
  };
  for (const [what, one] of Object.entries(forged)) expect(await verify(band, one), what).toBe(null);
  expect(await verify(band, sent)).not.toBe(null);
});
