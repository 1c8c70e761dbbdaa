import { expect, test } from 'vitest';
import { entryKinds, type Entry } from '../../../shared/ledger/entry.ts';
import { encodeUpdate } from '../../../shared/ledger/update.ts';
import { Band, sessionId, settled, songId } from '../../support/band.ts';
import { ChangedClient, Pen } from '../../support/changed-client.ts';
import { linkUp, Pipe } from '../../support/pipe.ts';

// Found by reading: a document was built anew for each of them, a thousand streams a device.
test('[R-ENT-2] entries whose second half fits nowhere cost one document built anew together, at a musician and at the authority', async () => {
  const band = await Band.open();
  const [ann, eve] = [await band.join('ann', 'owner'), await band.join('eve', 'editor')];
  new Pipe(ann, band);
  await settled(() => ann.replica.views.length === 1, band);
  ann.type(0, 'ab');
  await settled(() => ann.ledger.n === 1, band);
  const { clientId: client } = ann.author;
  const torn: Entry[] = [];
  for (let at = 0; at < 60; at++) {
    const pen = new Pen(eve.keys.signer, sessionId);
    const fits = { clock: 0, length: 1, origin: { client, clock: 0 }, rightOrigin: { client, clock: 1 }, root: null, text: 'x' };
    const fitsNowhere = { ...fits, clock: 1, origin: { client, clock: 1 }, rightOrigin: { client, clock: 0 } };
    const payload = encodeUpdate({ client: pen.client, structs: [fits, fitsNowhere], deleted: [] });
    torn.push(await pen.write(entryKinds.songUpdate, payload));
  }
  const honest = await new Pen(eve.keys.signer, sessionId).type(songId, 'true ');
  const before = [ann.ledger.version, band.ledger.version];
  const changed = new ChangedClient(eve.keys.signer, sessionId);
  linkUp(changed, ann);
  await settled(() => changed.heard.some(({ type }) => type === 'heads'), band);
  changed.give(...torn, honest);
  await settled(() => torn.every(({ stream }) => ann.ledger.stream(stream)?.isClosed === true), band);
  await settled(() => ann.ledger.recordOf(honest.hash) !== undefined, band);
  expect(ann.text.toJSON().replace('true ', '')).toBe('ab');
  const built = [ann.ledger.version, band.ledger.version].map((version, at) => version - (before[at] ?? 0));
  expect(Math.max(...built)).toBeLessThanOrEqual(4);
});
