import { expect, test } from 'vitest';
import { entryKinds, noHash, signEntry } from '../../../../shared/ledger/entry.ts';
import { deviceIdOf } from '../../../../shared/ledger/keys.ts';
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

test('a clock that says what no date can be stops nobody from reading, and of many reactions some are shown', async () => {
  const band = await Band.open();
  const ann = await band.join('ann', 'owner');
  const parts = { kind: entryKinds.chat, sessionId: band.ledger.sessionBytes, deviceId: deviceIdOf(ann.keys.signer.publicKey) };
  const sign = (payload: unknown, seq: number) => {
    const run = new Uint8Array(8);
    const at = Number.MAX_SAFE_INTEGER;
    return signEntry({ ...parts, run, seq, prev: noHash, epoch: 1, at, payload: encodeJson(payload) }, ann.keys.signer);
  };
  const message = await sign({ type: 'message', text: 'from the end of time', reply_to: null }, 1);
  band.ledger.fold.apply(message, 'whole', false);
  for (let at = 0; at < 50; at++) {
    const reaction = await sign({ type: 'reaction', message: message.hash, emoji: String(at), is_on: true }, at + 2);
    band.ledger.fold.apply(reaction, 'whole', false);
  }
  const { chat } = new WordsReader().read({ ledger: band.ledger, ownUserId: '', takenBack: new Set() });
  expect(chat.map(({ text, at }) => [text, at])).toEqual([['from the end of time', '+275760-09-13T00:00:00.000Z']]);
  expect(chat[0]?.reactions).toHaveLength(20);
});
