import { expect, test } from 'vitest';
import { entryKinds } from '../../../../shared/ledger/entry.ts';
import { chatSchema, encodeJson } from '../../../../shared/ledger/payloads.ts';
import { WordsReader, type Words } from '../../../../src-renderer/session/live-words.ts';
import { Band, settled, type Member } from '../../../support/band.ts';
import { Pipe } from '../../../support/pipe.ts';

async function say(member: Member, text: string): Promise<string> {
  const payload = encodeJson(chatSchema.parse({ type: 'message', text, reply_to: null }));
  return (await member.author.write(entryKinds.chat, payload)).hash;
}

test('what was said is read anew when something of it changed, and only then', async () => {
  const band = await Band.open();
  const [ann, bob] = [await band.join('ann', 'owner'), await band.join('bob', 'editor')];
  const lines = [new Pipe(ann, band), new Pipe(bob, band)];
  await settled(() => band.members.every((member) => member.replica.views.length === 1), band);
  const reader = new WordsReader();
  const ownUserId = band.ledger.device(ann.device)?.user_id ?? '';
  const nobody = new Set<string>();
  const read = (takenBack: ReadonlySet<string> = nobody): Words => reader.read({ ledger: ann.ledger, ownUserId, takenBack });
  const id = await say(ann, 'hello');
  await settled(() => ann.ledger.n === 1, band);
  const first = read();
  expect(first.chat).toMatchObject([{ id, text: 'hello', is_own: true, is_pending: false }]);
  bob.type(0, 'la la');
  await settled(() => ann.ledger.n === 2, band);
  expect(read()).toBe(first);
  // Pending until its record.
  for (const line of lines) line.cut();
  await say(ann, 'alone');
  expect(read().chat.map((line) => line.is_pending)).toEqual([false, true]);
  expect(read()).toBe(read());
  new Pipe(ann, band);
  await settled(() => ann.ledger.n === 3, band);
  expect(read().chat.map((line) => line.is_pending)).toEqual([false, false]);
  expect(read(new Set([id])).chat.map((line) => line.text)).toEqual(['alone']);
  await band.setRole(bob, 'viewer');
  const before = read();
  await settled(() => ann.ledger.statement?.claims.epoch === band.ledger.statement?.claims.epoch, band);
  expect(read()).not.toBe(before);
});
