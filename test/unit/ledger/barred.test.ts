import { expect, test } from 'vitest';
import { Band, settled } from '../../support/band.ts';
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
