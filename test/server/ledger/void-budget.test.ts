import { expect, test } from 'vitest';
import { limits } from '../../../shared/base/limits.ts';
import { entryKinds, type Entry } from '../../../shared/ledger/entry.ts';
import { encodeJson } from '../../../shared/ledger/payloads.ts';
import { AttackScene } from '../../support/attack-scene.ts';
import { until } from '../../support/ledger-client.ts';

async function chats(scene: AttackScene, count: number): Promise<Entry[]> {
  const written: Entry[] = [];
  const pen = scene.newPen();
  for (let at = 0; at < count; at++)
    written.push(await pen.write(entryKinds.chat, encodeJson({ type: 'message', text: `${at}`, reply_to: null })));
  return written;
}

test('[R-AUT-2] what a device writes in vain has a budget; then its streams are closed and it is barred, until it is permitted again', async () => {
  const scene = await AttackScene.open('editor');
  const { ann, ben, eve, session } = scene;
  await session.setRole(eve, 'viewer');
  await until(() => ann.ledger.device(eve.device)?.role === 'viewer', 'Eve only reads now');
  const before = ann.ledger.n;
  const changed = await scene.reach('socket');
  const spam = await chats(scene, limits.voidEntriesPerDevice + 300);
  for (let at = 0; at < spam.length; at += 100) changed.give(...spam.slice(at, at + 100));
  await until(() => ann.ledger.device(eve.device)?.barred === true, 'Eve’s device is barred');
  const isClosed = (entry: Entry | undefined): boolean => entry !== undefined && ann.ledger.stream(entry.stream)?.isClosed === true;
  await until(() => isClosed(spam[0]), 'its stream is closed');
  expect(ann.ledger.n - before).toBe(limits.voidEntriesPerDevice + 1);
  // A new stream of it is not even stored.
  const [more] = await chats(scene, 1);
  if (more === undefined) throw new Error('no entry');
  changed.give(more);
  await changed.workedOn();
  ann.type(0, 'A');
  await until(() => ben.content.startsWith('A') && !ann.ledger.hasUnnumbered, 'the others go on');
  expect(ann.ledger.entry(more.hash)).toBeUndefined();
  expect(ann.ledger.fold.chat.size).toBe(0);

  await session.setRole(eve, 'editor');
  await until(() => ann.ledger.device(eve.device)?.barred === false, 'it is permitted again');
  changed.give(more);
  await changed.workedOn();
  await until(() => ann.ledger.fold.chat.has(more.hash), 'and is heard');
});
