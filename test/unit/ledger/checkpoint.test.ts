import { expect, test } from 'vitest';
import { joinCheckpoint, parseCheckpointHead, verifyCheckpointHead, type Checkpoint } from '../../../shared/ledger/checkpoint.ts';
import { contentDigest } from '../../../shared/ledger/content-digest.ts';
import { entryKinds } from '../../../shared/ledger/entry.ts';
import { Verifier } from '../../../shared/ledger/keys.ts';
import { Ledger } from '../../../shared/ledger/ledger.ts';
import { openBase } from '../../../shared/ledger/ledger-base.ts';
import { makeCheckpoint } from '../../../shared/ledger/make-checkpoint.ts';
import { encodeJson } from '../../../shared/ledger/payloads.ts';
import { rootOfSong } from '../../../shared/ledger/update.ts';
import { Band, sessionId, settled, songId } from '../../support/band.ts';
import { Pipe } from '../../support/pipe.ts';

async function rehearse(): Promise<{ band: Band; checkpoint: Checkpoint }> {
  const band = await Band.open();
  const ann = await band.join('Ann', 'editor');
  const ben = await band.join('Ben', 'viewer');
  for (const member of [ann, ben]) new Pipe(member, band);
  ann.type(0, '[C]Let it [G]be');
  await ann.author.write(entryKinds.chat, encodeJson({ type: 'message', text: 'from the top', reply_to: null }));
  await ann.author.write(entryKinds.songSet, encodeJson({ sets: [[`song/${songId}`, true]], lamport: 1 }));
  await settled(() => band.ledger.n >= 3 && !band.ledger.hasUnnumbered, band);
  const made = await makeCheckpoint(band.ledger, band.keys.signer);
  if (made === null) throw new Error('no checkpoint');
  expect({ ...openBase(made.checkpoint), spare: null }).toEqual(made.base);
  return { band, checkpoint: made.checkpoint };
}

test('[R-AUT-3] a ledger that begins at a checkpoint has the same content, streams, setlist and messages, and goes on', async () => {
  const { band, checkpoint } = await rehearse();
  const base = openBase(checkpoint);
  if (base === null || band.ledger.statement === null) throw new Error('no base');
  const late = new Ledger(sessionId, band.ledger.authorityDevice);
  late.setStatement(band.ledger.statement);
  late.beginAt(base);
  late.settle();
  expect(late.n).toBe(band.ledger.n);
  expect(late.chain).toEqual(band.ledger.chain);
  expect(contentDigest(late.fold)).toBe(contentDigest(band.ledger.fold));
  expect(late.fold.nextLamport).toBe(band.ledger.fold.nextLamport);
  expect(late.baseStreams()).toEqual(band.ledger.baseStreams());

  const [lacking] = late.lacking(10);
  const message = band.ledger.entry(lacking ?? '');
  expect(message).toBeDefined();
  if (message !== undefined) expect(late.recall([message])).toEqual([message]);
  expect(late.lacking(10)).toEqual([]);
  expect([...late.fold.chat.keys()]).toEqual([...band.ledger.fold.chat.keys()]);

  const [ann] = band.members;
  ann?.type(0, '{title: Let It Be}\n');
  await settled(() => band.ledger.n > late.n && !band.ledger.hasUnnumbered, band);
  for (const { record } of band.ledger.log.between(late.n, band.ledger.n)) {
    const entry = band.ledger.entry(record.hash);
    if (entry !== undefined) expect(late.accept(entry)).toBe('accepted');
  }
  if (band.ledger.head === null) throw new Error('no head');
  expect(late.acceptRecords(band.ledger.log.between(late.n, band.ledger.n), band.ledger.head)).toBe(true);
  late.settle();
  expect(late.fold.doc.getText(rootOfSong(songId)).toJSON()).toBe('{title: Let It Be}\n[C]Let it [G]be');
});

test('[R-AUT-3] who let go what a checkpoint stands for folds, numbers and makes the next one as before', async () => {
  const { band, checkpoint } = await rehearse();
  const base = openBase(checkpoint);
  if (base === null) throw new Error('no base');
  const before = contentDigest(band.ledger.fold);
  expect(band.ledger.trimTo(base)).toBe(true);
  expect(band.ledger.records).toEqual([]);
  const [ann] = band.members;
  ann?.type(0, 'x');
  await settled(() => band.ledger.n > checkpoint.head.n && !band.ledger.hasUnnumbered, band);
  ann?.text.delete(0, 1);
  await settled(() => band.ledger.n > checkpoint.head.n + 1 && !band.ledger.hasUnnumbered, band);
  expect(contentDigest(band.ledger.fold)).toBe(before);
  const next = await makeCheckpoint(band.ledger, band.keys.signer);
  if (next === null) throw new Error('no checkpoint');
  expect(next.base.counted).toEqual(base.counted);
  expect(next.checkpoint.head.contentSha256).toBe(checkpoint.head.contentSha256);
  expect(band.failures).toEqual([]);
});

test('[R-AUT-3] nothing is taken of a checkpoint that is changed, cut, of another session or signed by somebody else', async () => {
  const { band, checkpoint } = await rehearse();
  const { head, headBytes, body } = checkpoint;
  const verifier = new Verifier();
  const { raw } = band.keys.authority;
  expect(await verifyCheckpointHead(band.ledger.sessionBytes, head, raw, verifier)).toBe(true);
  expect(await verifyCheckpointHead(new Uint8Array(16), head, raw, verifier)).toBe(false);
  expect(await verifyCheckpointHead(band.ledger.sessionBytes, { ...head, n: head.n + 1 }, raw, verifier)).toBe(false);
  const [ann] = band.members;
  const forged = ann === undefined ? null : await makeCheckpoint(band.ledger, ann.keys.signer);
  expect(await verifyCheckpointHead(band.ledger.sessionBytes, forged?.checkpoint.head ?? head, raw, new Verifier())).toBe(false);
  expect(parseCheckpointHead(headBytes.slice(0, -1))).toBeNull();
  expect(joinCheckpoint(headBytes, body.slice(1))).toBeNull();
  for (const at of [0, Math.floor(body.length / 2), body.length - 1]) {
    const changed = body.slice();
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(joinCheckpoint(headBytes, changed)).toBeNull();
  }
  // Signed, but its content is not what its digest says.
  expect(openBase({ ...checkpoint, head: { ...head, contentSha256: '00'.repeat(32) } })).toBeNull();
});

test('[R-AUT-3] a ledger of another history does not trim to a checkpoint', async () => {
  const { checkpoint } = await rehearse();
  const { band: other } = await rehearse();
  const base = openBase(checkpoint);
  if (base === null) throw new Error('no base');
  expect(other.ledger.trimTo(base)).toBe(false);
});
