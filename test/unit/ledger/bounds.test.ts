import { expect, test } from 'vitest';
import { limits } from '../../../shared/base/limits.ts';
import type { Bytes } from '../../../shared/ledger/bytes.ts';
import { entryKinds } from '../../../shared/ledger/entry.ts';
import { HeldEntries } from '../../../shared/ledger/held-entries.ts';
import type { Link } from '../../../shared/ledger/link.ts';
import { chatSchema, encodeJson } from '../../../shared/ledger/payloads.ts';
import { PendingBounds } from '../../../shared/ledger/pending-bounds.ts';
import { Band, sessionId, settled, songId } from '../../support/band.ts';
import { ChangedClient, Pen } from '../../support/changed-client.ts';
import { makeEntries } from '../../support/entries.ts';
import { linkUp } from '../../support/pipe.ts';

const linkOf = (device: string) => ({ device }) as Link;

test('[R-LIM-1] one device leaves at most so many streams waiting at others', async () => {
  const band = await Band.open();
  const [ann, eve] = [await band.join('ann', 'owner'), await band.join('eve', 'editor')];
  linkUp(ann, band);
  const changed = new ChangedClient(eve.keys.signer, sessionId);
  linkUp(changed, band);
  await settled(() => changed.heard.some(({ type }) => type === 'heads') && ann.replica.views.length === 1, band);
  const reply = encodeJson(chatSchema.parse({ type: 'message', text: 'to nobody', reply_to: 'ab'.repeat(32) }));
  for (let at = 0; at < limits.pendingStreams + 200; at++)
    changed.give(await new Pen(eve.keys.signer, sessionId).write(entryKinds.chat, reply));
  changed.say({ type: 'want-statement' });
  await settled(() => changed.heard.filter(({ type }) => type === 'statement').length > 1, band);
  for (const ledger of [band.ledger, ann.ledger]) expect(ledger.pendingOf(eve.device).length).toBeLessThanOrEqual(limits.pendingStreams);
  // Others, and what she writes in a stream that is there, go on.
  ann.type(0, 'song');
  await settled(() => ann.ledger.n === 1, band);
  expect(band.ledger.fold.doc.getText(`s:${songId}`).toJSON()).toBe('song');
});

test('[R-LIM-1] bytes that wait are counted by device, and given back with the record', async () => {
  const bounds = new PendingBounds();
  const [first, second] = await makeEntries(sessionId, 2);
  if (first === undefined || second === undefined) throw new Error('no entries');
  const huge = { ...first, bytes: { length: limits.pendingBytesPerDevice } as Bytes };
  bounds.add(huge);
  expect(bounds.hasRoomFor(second)).toBe(false);
  expect(bounds.hasRoomFor({ ...second, device: 'another' })).toBe(true);
  bounds.remove(huge);
  expect(bounds.hasRoomFor(second)).toBe(true);
});

test('[R-LIM-1] what is held for a statement is bounded by link and by the device that brings it, the oldest goes first', async () => {
  const [entry] = await makeEntries(sessionId, 1);
  if (entry === undefined) throw new Error('no entry');
  const size = 200 * 1024;
  const entryAt = (at: number) => ({ ...entry, hash: `${at}`, bytes: new Uint8Array(size).fill(at) });
  const held = new HeldEntries();
  const windows = Array.from({ length: 10 }, () => linkOf('eve'));
  const other = linkOf('bob');
  held.hold(entryAt(255), other);
  for (let at = 0; at < 100; at++) held.hold(entryAt(at), windows[at % 10] ?? other);
  const taken = held.take();
  const ofEve = taken.filter(({ link }) => link.device === 'eve').flatMap(({ blocks }) => blocks);
  for (const { blocks } of taken) expect(blocks.length * size).toBeLessThanOrEqual(limits.heldBytesPerLink);
  const most = Math.floor(limits.heldBytesPerDevice / size);
  expect(ofEve.map((bytes) => bytes[0] ?? 0).sort((a, b) => a - b)).toEqual(Array.from({ length: most }, (_, at) => 100 - most + at));
  expect(taken.find(({ link }) => link === other)?.blocks.length).toBe(1);
  expect(held.take()).toEqual([]);
});

test('[R-LIM-1] what was held is taken with the statement, and heads heal what was dropped', async () => {
  const band = await Band.open();
  const [ann, eve] = [await band.join('ann', 'owner'), await band.join('eve', 'editor')];
  const away = linkUp(ann, band);
  await settled(() => ann.ledger.statement !== null, band);
  away.cut();
  const bob = await band.join('bob', 'editor');
  linkUp(bob, band);
  await settled(() => bob.replica.views.length === 1, band);
  const verse = 'la '.repeat(limits.updateClocks / 3 - 1);
  for (let at = 0; at < 20; at++) bob.type(0, verse);
  await settled(() => !band.ledger.hasUnnumbered && band.ledger.n > 18, band);
  const said = bob.entriesMade;
  expect(said.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeGreaterThan(limits.heldBytesPerLink);

  const changed = new ChangedClient(eve.keys.signer, sessionId);
  linkUp(changed, ann);
  await settled(() => changed.heard.some(({ type }) => type === 'heads'), band);
  for (const entry of said) changed.give(entry);
  await settled(() => changed.heard.filter(({ type }) => type === 'want-statement').length === said.length, band);
  expect(ann.ledger.pendingOf(bob.device)).toEqual([]);
  const heads = changed.heard.filter(({ type }) => type === 'heads').length;
  changed.say({ type: 'statement', jws: band.ledger.statement?.jws ?? '' });
  await settled(() => changed.heard.filter(({ type }) => type === 'heads').length > heads, band);
  linkUp(ann, band);
  await settled(() => ann.ledger.n === band.ledger.n, band);
  expect(ann.text.toJSON()).toBe(bob.text.toJSON());
  expect(ann.strikes).toBe(0);
});

test('[R-LNK-1] a link whose other side takes nothing is ended before what waits for it fills the memory', async () => {
  const band = await Band.open();
  const ann = await band.join('ann', 'owner');
  let closedWith = '';
  const transport = {
    send: () => undefined,
    bufferedAmount: () => limits.bufferedBytes,
    onceDrained: () => undefined,
    close: (code: string) => void (closedWith = code),
  };
  const changed = new ChangedClient(ann.keys.signer, sessionId);
  const link: Link = changed.start(transport, { own: new Uint8Array(1), other: new Uint8Array(1) }, null);
  const update = new Uint8Array(limits.awarenessBytes);
  let said = 0;
  for (; !link.isClosed; said++) link.send({ type: 'awareness', device: '00'.repeat(16), update });
  expect(closedWith).toBe('link-dead');
  expect(said * limits.awarenessBytes).toBeLessThanOrEqual(limits.outboxBytes);
});
