import { expect, test } from 'vitest';
import { readMessages } from '../../../shared/ledger/chat.ts';
import { anchorAt } from '../../../shared/ledger/anchor.ts';
import { readThreads } from '../../../shared/ledger/comments.ts';
import { fromHex, uuidToBytes } from '../../../shared/base/ids.ts';
import { Deletions } from '../../../shared/ledger/deletions.ts';
import { entryKinds, noHash, parseEntry, signEntry, withoutPayload, type Entry } from '../../../shared/ledger/entry.ts';
import { deviceIdOf } from '../../../shared/ledger/keys.ts';
import { encodeJson, type Chat, type Comment } from '../../../shared/ledger/payloads.ts';
import { Band, makeKeys, sessionId, settled, songId, type Member } from '../../support/band.ts';
import { Pipe } from '../../support/pipe.ts';

const say = (member: Member, chat: Chat): Promise<Entry> => member.author.write(entryKinds.chat, encodeJson(chat));
const remark = (member: Member, comment: Comment): Promise<Entry> => member.author.write(entryKinds.comment, encodeJson(comment));
const isNumbered = (band: Band): boolean => band.ledger.n > 0 && !band.ledger.hasUnnumbered;
const isLike = (member: Member, band: Band): boolean =>
  isNumbered(band) && member.ledger.n === band.ledger.n && !member.ledger.hasUnnumbered;

const chatOf = ({ ledger }: Pick<Member, 'ledger'>): string[] =>
  readMessages(ledger, ledger.fold.chat, ledger.fold.gone).map(({ text }) => text);
const threadsOf = ({ ledger }: Pick<Member, 'ledger'>): unknown =>
  readThreads(ledger, ledger.fold.comments, ledger.fold.gone).map(({ anchor, first, replies }) => [
    anchor?.quote ?? null,
    first?.text ?? null,
    replies.map(({ text }) => text),
  ]);

async function linked(): Promise<{ band: Band; ann: Member; bob: Member }> {
  const band = await Band.open();
  const [ann, bob] = [await band.join('Ann', 'editor'), await band.join('Bob', 'editor')];
  for (const member of [ann, bob]) new Pipe(member, band);
  return { band, ann, bob };
}

/** What a store of an entry's bytes gives back. */
function storedForm(member: Pick<Member, 'ledger'>, { hash }: Entry): string | undefined {
  const entry = member.ledger.entry(hash);
  return entry === undefined ? undefined : parseEntry(entry.bytes)?.form;
}

test('[R-ENT-6] the payload of a message goes everywhere when its deletion has a record; answers to it stand', async () => {
  const { band, ann, bob } = await linked();
  const message = await say(ann, { type: 'message', text: 'my password is hunter2', reply_to: null });
  await settled(() => isLike(bob, band), band);
  await say(bob, { type: 'message', text: 'better take that back', reply_to: message.hash });
  await settled(() => isLike(ann, band), band);
  const pending = await band.join('Eve', 'editor');
  await say(ann, { type: 'delete', message: message.hash });
  await settled(() => isLike(ann, band) && isLike(bob, band), band);
  for (const { ledger } of [ann, bob, band]) {
    const held = ledger.entry(message.hash);
    expect([held?.form, held?.payload.length, held?.hash]).toEqual(['bare', 0, message.hash]);
    expect(new TextDecoder().decode(held?.bytes)).not.toContain('hunter2');
  }
  expect(chatOf(ann)).toEqual(['better take that back']);
  expect(chatOf(bob)).toEqual(chatOf(ann));

  // Who comes later takes the entry without its words, under its record, and sees the same.
  new Pipe(pending, bob);
  await settled(() => isLike(pending, band), band);
  expect([storedForm(pending, message), chatOf(pending)]).toEqual(['bare', ['better take that back']]);
});

test('[R-ENT-6] a deletion that does not count takes nothing away, neither does one without a record', async () => {
  const band = await Band.open();
  const [ann, bob] = [await band.join('Ann', 'editor'), await band.join('Bob', 'editor')];
  const pipe = new Pipe(ann, band);
  new Pipe(bob, band);
  const message = await say(ann, { type: 'message', text: 'stays', reply_to: null });
  await settled(() => isLike(ann, band) && isLike(bob, band), band);
  // Bob may not moderate any more: what he deletes of Ann's is void.
  for (const role of ['owner', 'editor'] as const) await band.setRole(bob, role);
  await say(bob, { type: 'delete', message: message.hash });
  await settled(() => isLike(ann, band) && isLike(bob, band), band);
  expect([storedForm(ann, message), chatOf(ann)]).toEqual(['whole', ['stays']]);

  pipe.cut();
  await say(ann, { type: 'delete', message: message.hash });
  expect(ann.ledger.hasUnnumbered).toBe(true);
  expect([storedForm(ann, message), chatOf(ann)]).toEqual(['whole', []]);
  new Pipe(ann, band);
  await settled(() => isLike(ann, band) && isLike(bob, band), band);
  expect(storedForm(bob, message)).toBe('bare');
});

test('[R-ENT-6] a deleted comment goes with all that its words were changed to; its answers stay, about nothing', async () => {
  const { band, ann, bob } = await linked();
  ann.type(0, 'Let it be');
  await settled(() => isLike(bob, band) && bob.text.length > 0, band);
  const comment = await remark(ann, {
    type: 'add',
    text: 'first words',
    anchor: anchorAt(ann.text, songId, { from: 0, to: 3 }),
    reply_to: null,
  });
  const before = await remark(ann, { type: 'edit', comment: comment.hash, text: 'second words' });
  await settled(() => isLike(bob, band), band);
  await remark(bob, { type: 'add', text: 'an answer', anchor: null, reply_to: comment.hash });
  await settled(() => isLike(ann, band), band);
  await remark(ann, { type: 'delete', comment: comment.hash });
  const after = await remark(ann, { type: 'edit', comment: comment.hash, text: 'third words' });
  await settled(() => isLike(ann, band) && isLike(bob, band), band);
  for (const place of [ann, bob, band]) {
    for (const entry of [comment, before, after]) expect(storedForm(place, entry)).toBe('bare');
    expect(threadsOf(place)).toEqual([[null, null, ['an answer']]]);
  }
});

test('[R-ENT-6] without its payload an entry is taken only under its record', async () => {
  const { band, ann } = await linked();
  const vic = await band.join('Vic', 'viewer');
  const eve = await band.join('Eve', 'editor');
  const toBand = new Pipe(eve, band);
  // The authority is let in before its statement has come; without one she could let nobody else in.
  await settled(() => eve.replica.views.length === 1 && eve.ledger.statement !== null, band);
  toBand.cut();
  const pipe = new Pipe(vic, eve);
  await settled(() => eve.replica.views.length === 1 && vic.replica.views.length === 1, band);
  const message = await say(ann, { type: 'message', text: 'here', reply_to: null });
  eve.replica.views[0]?.link.send({ type: 'entries', entries: [withoutPayload(message).bytes] });
  await settled(() => pipe.sent > 0 && isNumbered(band), band);
  band.time.advance(100);
  await new Promise((resolve) => setImmediate(resolve));
  expect(vic.ledger.entry(message.hash)).toBeUndefined();
  expect([vic.strikes, pipe.isCut]).toEqual([0, false]);
});

test('[R-ENT-6] who keeps words back that nobody deleted hides them only until anybody else is asked', async () => {
  const { band, ann, bob } = await linked();
  const message = await say(ann, { type: 'message', text: 'still here', reply_to: null });
  await settled(() => isLike(bob, band), band);
  // Bob's changed program has the record, and says the words are gone.
  bob.ledger.replace(withoutPayload(message));
  const vic = await band.join('Vic', 'viewer');
  new Pipe(vic, bob);
  await settled(() => isLike(vic, band), band);
  expect([storedForm(vic, message), chatOf(vic)]).toEqual(['bare', []]);
  new Pipe(vic, ann);
  await settled(() => storedForm(vic, message) === 'whole', band);
  expect(chatOf(vic)).toEqual(['still here']);
});

test('[R-ENT-6] song text is never taken without its payload, record or not', async () => {
  const { band, ann, bob } = await linked();
  ann.type(0, 'Let it be');
  await settled(() => isLike(bob, band) && bob.text.length > 0, band);
  const [typed] = ann.entriesMade;
  if (typed === undefined) throw new Error('nothing was typed');
  bob.ledger.replace(withoutPayload(typed));
  const vic = await band.join('Vic', 'viewer');
  const pipe = new Pipe(vic, bob);
  await settled(() => pipe.isCut, band);
  expect([vic.strikes, vic.ledger.n]).toEqual([1, 0]);
});

test('[R-AUT-4] the skeleton of a void entry travels in place of its text, but to its author’s devices and the authority', async () => {
  const { band, ann, bob } = await linked();
  ann.type(0, 'Let it be');
  await settled(() => isLike(bob, band) && bob.text.length > 0, band);
  await band.setRole(bob, 'viewer');
  bob.type(3, ' SECRET');
  await bob.author.flush();
  const refused = bob.entriesMade.at(-1);
  if (refused === undefined) throw new Error('nothing was typed');
  await settled(() => isLike(ann, band) && isLike(bob, band) && band.ledger.recordOf(refused.hash)?.verdict === 1, band);
  expect(band.ledger.entry(refused.hash)?.form).toBe('whole');

  const vic = await band.join('Vic', 'viewer');
  new Pipe(vic, band);
  await settled(() => isLike(vic, band), band);
  const held = vic.ledger.entry(refused.hash);
  expect(held?.form).toBe('skeleton');
  expect(new TextDecoder().decode(held?.bytes)).not.toContain('SECRET');
  expect(vic.text.toJSON()).toBe('Let it be');
  ann.type(9, '!');
  await settled(() => vic.text.toJSON() === 'Let it be!' && isLike(vic, band), band);
  expect([vic.strikes, band.failures]).toEqual([0, []]);

  // One that is not what the record names is not taken.
  const forged = { ...refused, ...(held === undefined ? {} : { form: held.form, bytes: held.bytes.with(held.bytes.length - 2, 9) }) };
  vic.ledger.replace(parseEntry(forged.bytes) ?? forged);
  const wes = await band.join('Wes', 'viewer');
  const pipe = new Pipe(wes, vic);
  await settled(() => wes.replica.views.length > 0 || pipe.isCut, band);
  band.time.advance(2_000);
  await new Promise((resolve) => setImmediate(resolve));
  expect(wes.ledger.recordOf(refused.hash)).toBeUndefined();
  new Pipe(wes, band);
  await settled(() => isLike(wes, band), band);
  expect(wes.text.toJSON()).toBe('Let it be!');
});

// Found by chance (honest seed 182, its generation raised): the words came back whole, and stayed when they were deleted again.
test('[R-ENT-6] words that came back go again when a deletion counts', async () => {
  const { signer } = await makeKeys();
  const ids = { sessionId: uuidToBytes(sessionId), deviceId: deviceIdOf(signer.publicKey), run: new Uint8Array(8), epoch: 1, at: 1 };
  const write = (seq: number, prev: Uint8Array<ArrayBuffer>, words: object): Promise<Entry> =>
    signEntry({ ...ids, kind: entryKinds.chat, seq, prev, payload: encodeJson(words) }, signer);
  const said = await write(1, noHash, { type: 'message', text: 'a secret', reply_to: null });
  const deletion = await write(2, fromHex(said.hash), { type: 'delete', message: said.hash });
  const held = new Map([said, deletion].map((entry) => [entry.hash, entry]));
  const deletions = new Deletions({ entry: (hash) => held.get(hash), replace: (entry) => void held.set(entry.hash, entry) });
  held.set(said.hash, withoutPayload(said));
  deletions.noteForm(withoutPayload(said));
  expect(deletions.restore(said)).toBe(true);
  deletions.note(deletion);
  expect(held.get(said.hash)?.form).toBe('bare');
});
