import { expect, test } from 'vitest';
import { Troubles } from '../../../../src-renderer/session/troubles.ts';
import { Band, settled } from '../../../support/band.ts';
import { Pipe } from '../../../support/pipe.ts';

test('[R-ENT-3] [R-AUT-5] people see whose computer contradicted itself, also when it was their own, and that the server tells two histories', async () => {
  const band = await Band.open();
  const [ann, bob] = [await band.join('ann', 'owner'), await band.join('bob', 'editor')];
  new Pipe(ann, band);
  await settled(() => ann.ledger.statement !== null, band);
  const userOf = (device: string): string => ann.ledger.device(device)?.user_id ?? '';
  const [annId, bobId] = [userOf(ann.device), userOf(bob.device)];
  const troubles = new Troubles();
  expect(troubles.read(ann.ledger, annId)).toEqual([]);
  troubles.noteFork(bob.device);
  troubles.noteFork(bob.device);
  expect(troubles.read(ann.ledger, annId)).toEqual([{ kind: 'fork', user_id: bobId, name: 'bob', is_own: false }]);
  expect(troubles.read(ann.ledger, bobId)).toMatchObject([{ is_own: true }]);
  troubles.noteConflict();
  expect(troubles.read(ann.ledger, annId).map(({ kind }) => kind)).toEqual(['two-histories', 'fork']);
});
