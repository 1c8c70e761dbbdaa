import { expect, test } from 'vitest';
import { limits } from '../../../shared/base/limits.ts';
import { Band, settled } from '../../support/band.ts';
import { Pipe } from '../../support/pipe.ts';

/** Without the clock going on. */
async function meanwhile(isDone: () => boolean): Promise<void> {
  while (!isDone()) await new Promise((resolve) => setImmediate(resolve));
}

test('[R-LOC-1] text goes to people at once, and to the authority a moment later in one message, where all it knows are linked', async () => {
  const band = await Band.open();
  const [ann, bob] = [await band.join('ann', 'owner'), await band.join('bob', 'editor')];
  ann.mayGather = true;
  for (const member of [ann, bob]) new Pipe(member, band);
  new Pipe(ann, bob);
  await settled(() => [ann, bob].every(({ replica }) => replica.authorityView?.n === 0 && replica.views.length === 2), band);
  await settled(() => ann.replica.authorityView?.windows.size === 1, band);
  for (const letter of 'abc') {
    ann.type(0, letter);
    await ann.author.flush();
  }
  await meanwhile(() => bob.text.toJSON() === 'cba');
  expect(band.ledger.n).toBe(0);
  band.time.advance(limits.authorityGatherMs);
  await settled(() => band.ledger.n === 3 && bob.ledger.n === 3 && ann.ledger.n === 3, band);
  // One message: one write, one signature.
  expect(band.ledger.log.heads.map(({ n }) => n)).toEqual([3]);
});

test('[R-LOC-1] text goes to the authority at once where somebody sees it through the authority only', async () => {
  const band = await Band.open();
  const [ann, bob, cleo] = [await band.join('ann', 'owner'), await band.join('bob', 'editor'), await band.join('cleo', 'viewer')];
  ann.mayGather = true;
  for (const member of [ann, bob, cleo]) new Pipe(member, band);
  new Pipe(ann, bob);
  await settled(() => ann.replica.authorityView?.windows.size === 2 && ann.replica.views.length === 2, band);
  ann.type(0, 'x');
  await ann.author.flush();
  await meanwhile(() => cleo.text.toJSON() === 'x');
});

test('[R-LOC-1] what waits goes before what does not, and with the end of the session', async () => {
  const band = await Band.open();
  const ann = await band.join('ann', 'owner');
  ann.mayGather = true;
  new Pipe(ann, band);
  await settled(() => ann.replica.authorityView?.n === 0, band);
  ann.type(0, 'a');
  await ann.author.flush();
  expect(band.ledger.n).toBe(0);
  ann.mayGather = false;
  ann.type(1, 'b');
  await ann.author.flush();
  await meanwhile(() => band.ledger.n === 2);
  ann.mayGather = true;
  ann.type(2, 'c');
  await ann.author.flush();
  ann.replica.close();
  await meanwhile(() => band.ledger.entry(ann.entriesMade[2]?.hash ?? '') !== undefined);
});
