import { expect, test } from 'vitest';
import { CatchingUp } from '../../../src-server/ledger/catching-up.ts';
import { Band, settled } from '../../support/band.ts';
import { Pipe } from '../../support/pipe.ts';

test('[R-AUT-5] who says that there is more is waited for, once a device and again after each part that came', async () => {
  const band = await Band.open();
  const ann = await band.join('Ann', 'editor');
  new Pipe(ann, band);
  await settled(() => band.replica.views[0]?.generation === 1, band);
  const [view] = band.replica.views;
  if (view === undefined) throw new Error('no link');
  const catchingUp = new CatchingUp(band.ledger, band.time);
  expect(catchingUp.isWaiting([view])).toBe(false);

  view.n = 1_000;
  expect(catchingUp.isWaiting([view])).toBe(true);
  band.time.advance(4_000);
  expect(catchingUp.isWaiting([view])).toBe(true);
  // Something came: it is given its time anew.
  view.n = 0;
  ann.type(0, 'Let it be');
  await settled(() => band.ledger.n > 0, band);
  view.n = 1_000;
  expect(catchingUp.isWaiting([view])).toBe(true);
  band.time.advance(4_900);
  expect(catchingUp.isWaiting([view])).toBe(true);
  band.time.advance(200);
  expect(catchingUp.isWaiting([view])).toBe(false);
  // Nobody holds the numbers up by saying so again and again, nor by talking of another generation.
  view.n = 2_000;
  expect(catchingUp.isWaiting([view])).toBe(false);
  view.generation = 7;
  expect(new CatchingUp(band.ledger, band.time).isWaiting([view])).toBe(false);
});
