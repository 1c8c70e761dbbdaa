import { expect, test } from 'vitest';
import type { Bridge } from '../../../../shared/ipc/contract.ts';
import { makeCheckpoint } from '../../../../shared/ledger/make-checkpoint.ts';
import { CoreLedger } from '../../../../src-renderer/session/core-ledger.ts';
import { Band, sessionId, settled } from '../../../support/band.ts';
import { Pipe } from '../../../support/pipe.ts';

test('who came when everything was written has all that is kept: a checkpoint, and no record after it', async () => {
  const band = await Band.open();
  const ann = await band.join('Ann', 'editor');
  new Pipe(ann, band);
  ann.type(0, 'Silent night');
  await settled(() => band.ledger.n === 1, band);
  const made = await makeCheckpoint(band.ledger, band.keys.signer);
  if (made === null) throw new Error('no checkpoint');
  const { headBytes: head, body } = made.checkpoint;
  const answers: Record<string, unknown> = {
    'ledger.read_records': { records: [], heads: [], next: null },
    'ledger.read_checkpoint': { checkpoint: { head, body } },
    'ledger.read_entries': { entries: [], next: null },
  };
  const invoke = async (name: string) => ({ ok: true, result: answers[name] });
  const core = new CoreLedger({ invoke } as unknown as Bridge, sessionId, band.time, () => undefined);
  const { start } = await core.readWhole(ann.device);
  expect(start?.base.head.n).toBe(1);
});
