import { expect, test } from 'vitest';
import { entryKinds } from '../../../shared/ledger/entry.ts';
import { encodeForkProof, forkOf } from '../../../shared/ledger/fork-proof.ts';
import { encodeUpdate } from '../../../shared/ledger/update.ts';
import { AttackScene, sung } from '../../support/attack-scene.ts';
import { ChangedClient, Pen } from '../../support/changed-client.ts';
import { converged, until } from '../../support/ledger-client.ts';
import { testSongId } from '../../support/ledger-session.ts';
import { linkUp } from '../../support/pipe.ts';

test('[R-ENT-3] two branches met by one musician offline are proved to the authority later, which suspends the device', async () => {
  const scene = await AttackScene.open('editor');
  const { ann, ben, pen, eve } = scene;
  await Promise.all([ann.offline(), ben.offline()]);
  const one = await pen.draft(entryKinds.songUpdate, encodeUpdate(pen.typing(testSongId, 'one ')));
  const two = await pen.draft(entryKinds.songUpdate, encodeUpdate(pen.typing(testSongId, 'two ')));
  const toAnn = new ChangedClient(eve.signer, scene.session.id);
  linkUp(toAnn, ann);
  await toAnn.admitted();
  toAnn.give(one, two);
  await until(() => [ann, ben].every((client) => client.forks.includes(eve.device)), 'both hear whose stream it was');
  // Only Ben comes back: he saw the proof, whoever found it.
  await ben.online();
  await until(() => ben.ledger.device(eve.device)?.role === null, 'Eve’s device is suspended');
  const again = new ChangedClient(eve.signer, scene.session.id);
  await again.online(scene.session.place, scene.session.id, eve);
  await until(() => again.link?.isProved === true, 'the key is still its own');
  again.give(one);
  await until(() => again.isClosed, 'and takes no part any more');
  await ann.online();
  await converged([ann, ben]);
  expect(ann.content).toBe(sung);
  expect(ann.forks).toEqual([eve.device]);
});

test('[R-ENT-3] an entry beside one that has its record is a proof too', async () => {
  const scene = await AttackScene.open('editor');
  const { ann, eve, pen } = scene;
  const one = await pen.draft(entryKinds.songUpdate, encodeUpdate(pen.typing(testSongId, 'one ')));
  const two = await pen.draft(entryKinds.songUpdate, encodeUpdate(pen.typing(testSongId, 'two ')));
  const changed = await scene.reach('socket');
  changed.give(one);
  await until(() => ann.ledger.recordOf(one.hash) !== undefined, 'the first is numbered');
  changed.give(two);
  await until(() => ann.ledger.device(eve.device)?.role === null, 'Eve’s device is suspended');
  expect(ann.content).toBe(`one ${sung}`);
});

test('[R-ENT-3] nobody is suspended by a proof that is made up, cut, of one entry twice, or about two places', async () => {
  const scene = await AttackScene.open('editor');
  const { ann, ben, eve, pen } = scene;
  const changed = await scene.reach('mesh');
  const framed = new Pen(ben.person.signer, scene.session.id);
  const [one, two] = [
    await framed.draft(entryKinds.songUpdate, encodeUpdate(framed.typing(testSongId, 'one '))),
    await framed.draft(entryKinds.songUpdate, encodeUpdate(framed.typing(testSongId, 'two '))),
  ];
  const proof = forkOf(one, two);
  if (proof === null) throw new Error('no proof');
  const mine = await pen.draft(entryKinds.songUpdate, encodeUpdate(pen.typing(testSongId, 'mine ')));
  // Headers of Ben's, signed by Eve.
  const forged = forkOf({ ...one, signature: mine.signature }, { ...two, signature: mine.signature });
  if (forged === null) throw new Error('no proof');
  changed.say({ type: 'fork', proof: encodeForkProof(forged) });
  await until(() => changed.isClosed, 'who forges one is parted with');
  for (const bytes of [
    encodeForkProof(proof).slice(0, -1),
    encodeForkProof({ ...proof, sides: [proof.sides[0], proof.sides[0]] }),
    encodeForkProof({ ...proof, sides: [proof.sides[1], proof.sides[0]] }),
    encodeForkProof({ ...proof, sides: [proof.sides[0], { header: mine.header, signature: mine.signature }] }),
  ]) {
    const next = await scene.reach('mesh');
    next.say({ type: 'fork', proof: bytes });
    await until(() => next.isClosed, 'what proves nothing ends the link');
  }
  await scene.unharmed();
  expect(ann.forks).toEqual([]);
  for (const device of [ben.person.device, eve.device]) expect(ann.ledger.device(device)?.role).toBe('editor');
});
