import { expect, test } from 'vitest';
import { limits } from '../../../shared/base/limits.ts';
import { Ledger } from '../../../shared/ledger/ledger.ts';
import { loadLedger, readStoredLedger } from '../../../shared/ledger/load.ts';
import { RefusedEdits } from '../../../shared/ledger/refused-edits.ts';
import { rootOfSong } from '../../../shared/ledger/update.ts';
import { Band, sessionId, settled, songId } from '../../support/band.ts';
import { linkUp } from '../../support/pipe.ts';

test('[R-AUT-2] [R-ENT-2] who comes late gets what a barred device had its records for, from the authority and from a peer', async () => {
  const band = await Band.open();
  const [ann, eve] = [await band.join('ann', 'owner'), await band.join('eve', 'editor')];
  for (const member of [ann, eve]) linkUp(member, band);
  eve.type(0, 'sung');
  await settled(() => ann.ledger.n === 1, band);
  await band.setRole(eve, 'commenter');
  eve.type(0, 'in vain ');
  await settled(() => ann.ledger.n === 2, band);
  await band.bar(eve);
  await settled(() => ann.ledger.device(eve.device)?.barred === true, band);

  for (const place of [band, ann]) {
    const late = await band.join(place === band ? 'dan' : 'eli', 'viewer');
    linkUp(late, place);
    await settled(() => late.ledger.n === 2, band);
    expect(late.text.toJSON()).toBe('sung');
    expect(late.strikes).toBe(0);
  }
});

// Found by chance (hostile seed 308): all that came after the first word of a barred device was left out.
test('[R-AUT-2] [R-ENT-2] a store is read again whole when a device that has records in it is barred since', async () => {
  const band = await Band.open();
  const [ann, eve] = [await band.join('ann', 'owner'), await band.join('eve', 'editor')];
  for (const member of [ann, eve]) linkUp(member, band);
  eve.type(0, 'sung');
  await settled(() => ann.ledger.n === 1, band);
  await band.bar(eve);
  ann.type(4, ' on');
  await settled(() => band.ledger.n === 2, band);
  const { statement } = band.ledger;
  if (statement === null) throw new Error('no statement');
  for (const device of [null, eve.device]) {
    const again = new Ledger(sessionId, band.ledger.authorityDevice);
    again.setStatement(statement);
    loadLedger(again, readStoredLedger(band.store, sessionId, limits.messageBytes), device);
    expect(again.n).toBe(2);
    expect(again.fold.doc.getText(rootOfSong(songId)).toJSON()).toBe('sung on');
  }
});

test('[R-LOC-3] what a barred device wrote and has no record for is read again by its own store only', async () => {
  const band = await Band.open();
  const eve = await band.join('eve', 'editor');
  const link = linkUp(eve, band);
  await settled(() => eve.ledger.statement !== null, band);
  link.cut();
  eve.type(0, 'mine');
  await eve.author.flush();
  await band.bar(eve);
  const { statement } = band.ledger;
  if (statement === null) throw new Error('no statement');
  const stored = { entries: eve.entriesMade.map(({ bytes }) => bytes), records: [], heads: [] };
  const read = (device: string | null): number => {
    const again = new Ledger(sessionId, band.ledger.authorityDevice);
    again.setStatement(statement);
    loadLedger(again, stored, device);
    return new RefusedEdits(again, statement.claims.participants[0]?.user_id ?? '').read().length;
  };
  expect([read(eve.device), read(null)]).toEqual([1, 0]);
});
