import { expect, test } from 'vitest';
import { entryKinds } from '../../../../shared/ledger/entry.ts';
import { chatSchema, encodeJson } from '../../../../shared/ledger/payloads.ts';
import type { Link } from '../../../../shared/ledger/link.ts';
import { Troubles } from '../../../../src-renderer/session/troubles.ts';
import { Band, sessionId, settled, songId, type Member } from '../../../support/band.ts';
import { ChangedClient, Pen } from '../../../support/changed-client.ts';
import { linkUp, Pipe } from '../../../support/pipe.ts';

async function scene(): Promise<{ band: Band; ann: Member; bob: Member; troubles: Troubles; annId: string; bobId: string }> {
  const band = await Band.open();
  const [ann, bob] = [await band.join('ann', 'owner'), await band.join('bob', 'editor')];
  new Pipe(ann, band);
  await settled(() => ann.ledger.statement !== null, band);
  const userOf = (device: string): string => ann.ledger.device(device)?.user_id ?? '';
  const troubles = new Troubles(ann.ledger, () => undefined);
  return { band, ann, bob, troubles, annId: userOf(ann.device), bobId: userOf(bob.device) };
}

const linkOf = (device: string, isProved: boolean): Link => ({ device, isProved }) as Link;

test('[R-ENT-3] [R-AUT-5] people see whose computer contradicted itself, also when it was their own, and that the server tells two histories', async () => {
  const { ann, bob, troubles, annId, bobId } = await scene();
  expect(troubles.read(annId)).toEqual([]);
  for (let twice = 0; twice < 2; twice++) troubles.events.onFork?.({ device: bob.device } as never);
  expect(troubles.read(annId)).toEqual([{ kind: 'fork', user_id: bobId, name: 'bob', is_own: false }]);
  expect(troubles.read(bobId)).toMatchObject([{ is_own: true }]);
  troubles.events.onConflict?.({ generation: 1, n: 1, chain: ann.ledger.chain });
  expect(troubles.read(annId).map(({ kind }) => kind)).toEqual(['two-histories', 'fork']);
});

test('[R-ENT-4] people see whose computer sent what is forged, or that somebody is not who they say', async () => {
  const { ann, bob, troubles, annId, bobId } = await scene();
  troubles.events.onStrike(linkOf(bob.device, true), 'protocol-error');
  expect(troubles.read(annId)).toEqual([{ kind: 'rejected', user_id: bobId, name: 'bob', is_own: false }]);
  // Whom an unproved link names has nothing to do with it.
  troubles.events.onStrike(linkOf(ann.device, false), 'proof-failed');
  troubles.events.onStrike(linkOf(ann.ledger.authorityDevice, true), 'too-large');
  expect(troubles.read(annId).map(({ kind }) => kind)).toEqual(['rejected-server', 'unproved', 'rejected']);
});

test('[R-ENT-1] who writes what they may not is named, until a statement says that they may', async () => {
  const { band, troubles, annId } = await scene();
  const vic = await band.join('vic', 'viewer');
  troubles.events.onRefused?.(await new Pen(vic.keys.signer, sessionId).type(songId, 'graffiti'));
  await settled(() => troubles.read(annId).length === 1, band);
  expect(troubles.read(annId)).toMatchObject([{ kind: 'rejected', name: 'vic' }]);
  await band.setRole(vic, 'editor');
  await settled(() => troubles.read(annId).length === 0, band);
});

test('[R-AUT-2] who is barred for writing too much in vain is not taken for a forger', async () => {
  const { band, ann, bob, troubles, annId } = await scene();
  const eve = new ChangedClient(bob.keys.signer, sessionId);
  linkUp(eve, band);
  const pen = new Pen(bob.keys.signer, sessionId);
  const said = await pen.write(entryKinds.chat, encodeJson(chatSchema.parse({ type: 'message', text: 'hi', reply_to: null })));
  ann.ledger.accept(said);
  troubles.noteRecords([{ record: { n: 1, verdict: 2, stream: said.stream, seq: 0, hash: '', receivedAt: 0, skeletonSha256: null }, bytes: said.bytes }], ann.device); // prettier-ignore
  expect(troubles.read(annId)).toMatchObject([{ kind: 'rejected', name: 'bob' }]);
  await band.bar(bob);
  await settled(() => troubles.read(annId).length === 0, band);
});
