import { expect, test } from 'vitest';
import { limits } from '../../../shared/base/limits.ts';
import type { Bytes } from '../../../shared/ledger/bytes.ts';
import { entryKinds } from '../../../shared/ledger/entry.ts';
import type { Link } from '../../../shared/ledger/link.ts';
import { chatSchema, encodeJson } from '../../../shared/ledger/payloads.ts';
import { PendingBounds } from '../../../shared/ledger/pending-bounds.ts';
import { Band, sessionId, settled, songId } from '../../support/band.ts';
import { ChangedClient, Pen } from '../../support/changed-client.ts';
import { makeEntries } from '../../support/entries.ts';
import { linkUp } from '../../support/pipe.ts';

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
