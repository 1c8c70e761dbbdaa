import { expect, test } from 'vitest';
import { limits } from '../../../shared/base/limits.ts';
import { Band, makeKeys, sessionId, settled } from '../../support/band.ts';
import { ChangedClient } from '../../support/changed-client.ts';
import { Pipe } from '../../support/pipe.ts';

test('[R-MEM-3] a proved device that is not listed gets the statement, hears nothing else, and is put out though it stays silent', async () => {
  const band = await Band.open();
  const ann = await band.join('ann', 'owner');
  new Pipe(ann, band);
  await settled(() => ann.replica.authorityView !== null, band);
  const eve = new ChangedClient((await makeKeys()).signer, sessionId);
  const line = new Pipe(eve, ann);
  await settled(() => eve.heard.length > 0, band);
  expect(ann.replica.views.map(({ link }) => link.device)).toEqual([ann.ledger.authorityDevice]);
  band.time.advance(limits.admissionMs);
  await settled(() => line.isCut, band);
  expect(line.closedWith).toBe('not-a-reader');
  expect(eve.heard.map(({ type }) => type)).toEqual(['statement']);
});

test('[R-MEM-3] the authority gives its statement to who is not listed, and puts them out', async () => {
  const band = await Band.open();
  await band.join('ann', 'owner');
  const eve = await band.stranger('eve');
  const line = new Pipe(eve, band);
  await settled(() => eve.ledger.statement !== null, band);
  expect(band.replica.views).toEqual([]);
  await settled(() => line.isCut, band);
  expect(line.closedWith).toBe('not-a-reader');
  expect(eve.ledger.statement).not.toBeNull();
});

test('[R-MEM-4] deleted is final: everybody who is linked hears it and is put out, and so is who comes back later', async () => {
  const band = await Band.open();
  const [ann, bob] = [await band.join('ann', 'owner'), await band.join('bob', 'editor')];
  const line = new Pipe(ann, band);
  await settled(() => ann.replica.authorityView !== null, band);
  ann.type(0, 'kept here');
  await settled(() => ann.ledger.n === 1, band);
  await band.setStatus('deleted');
  await settled(() => line.isCut && ann.ledger.statement?.claims.status === 'deleted', band);
  // What this computer has stays readable, so that copies can be offered.
  expect(ann.text.toJSON()).toBe('kept here');
  new Pipe(bob, band);
  await settled(() => bob.ledger.statement?.claims.status === 'deleted', band);
  await band.setStatus('active');
  expect(band.ledger.statement?.claims.status).toBe('deleted');
  expect(bob.replica.views).toEqual([]);
});
