import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { anchorAt, placesOf } from '../../../shared/ledger/anchor.ts';
import { Author } from '../../../shared/ledger/author.ts';
import { readMessages } from '../../../shared/ledger/chat.ts';
import { readThreads, type Thread } from '../../../shared/ledger/comments.ts';
import { fromHex } from '../../../shared/base/ids.ts';
import { entryKinds, noHash, signEntry, type Entry, type EntryKind } from '../../../shared/ledger/entry.ts';
import { deviceIdOf } from '../../../shared/ledger/keys.ts';
import {
  chatSchema,
  commentSchema,
  encodeAttested,
  encodeJson,
  markerSchema,
  parseJson,
  type Anchor,
  type Chat,
  type Comment,
} from '../../../shared/ledger/payloads.ts';
import { addPost, inOrder, type PostSource, type Posts } from '../../../shared/ledger/posts.ts';
import { StreamState } from '../../../shared/ledger/stream-state.ts';
import { Band, settled, songId, type Member } from '../../support/band.ts';
import { Pipe } from '../../support/pipe.ts';

function write(member: Member, kind: EntryKind, payload: unknown): Promise<Entry> {
  return member.author.write(kind, encodeJson(payload));
}
function comment(member: Member, payload: Comment): Promise<Entry> {
  return write(member, entryKinds.comment, commentSchema.parse(payload));
}
function chat(member: Member, payload: Chat): Promise<Entry> {
  return write(member, entryKinds.chat, chatSchema.parse(payload));
}
function threads(member: Member | Band): Thread[] {
  return readThreads(member.ledger, member.ledger.fold.comments, member.ledger.fold.gone);
}
function said(member: Member | Band): string[] {
  return readMessages(member.ledger, member.ledger.fold.chat, member.ledger.fold.gone).map(({ text }) => text);
}
/** Where the comment's words stand for that member, as text. */
function wordsOf(member: Member, anchor: Anchor): string | null {
  const [place] = placesOf(member.text, [anchor]);
  return place === null || place === undefined ? null : member.text.toJSON().slice(place.from, place.to);
}

interface Scene {
  band: Band;
  ann: Member;
  bob: Member;
  cy: Member;
}

/** Ann leads, Bob plays, Cy is a guest who may comment; each is linked to the authority, Ann and Bob to each other. */
async function scene(): Promise<Scene> {
  const band = await Band.open();
  const [ann, bob, cy] = [await band.join('ann', 'owner'), await band.join('bob', 'editor'), await band.join('cy', 'commenter')];
  for (const member of band.members) new Pipe(member, band);
  new Pipe(ann, bob);
  await settled(() => band.members.every((member) => member.replica.views.length >= 1 && member.ledger.statement !== null), band);
  ann.type(0, 'Silent night, holy night');
  await settled(() => band.members.every((member) => member.ledger.n === 1), band);
  return { band, ann, bob, cy };
}

async function numbered({ band }: Scene, n: number): Promise<void> {
  await settled(() => [band, ...band.members].every(({ ledger }) => ledger.n === n), band);
}

function about(member: Member, from: number, to: number, text = 'too high'): Comment {
  return { type: 'add', text, anchor: anchorAt(member.text, songId, { from, to }), reply_to: null };
}

describe('comments', () => {
  test('[R-DOC-4] a comment with answer, edit, resolve and reopen reads alike for all', async () => {
    const all = await scene();
    const { band, ann, bob, cy } = all;
    const { hash } = await comment(bob, about(bob, 7, 12));
    await numbered(all, 2);
    await comment(cy, { type: 'add', text: 'a third lower', anchor: null, reply_to: hash });
    await comment(bob, { type: 'edit', comment: hash, text: 'much too high' });
    await comment(bob, { type: 'resolve', comment: hash });
    await numbered(all, 5);
    for (const member of [ann, bob, cy, band]) {
      expect(threads(member)).toMatchObject([
        { id: hash, is_resolved: true, first: { text: 'much too high' }, replies: [{ text: 'a third lower' }] },
      ]);
    }
    await comment(bob, { type: 'reopen', comment: hash });
    await numbered(all, 6);
    for (const member of [ann, bob, cy, band]) expect(threads(member)[0]?.is_resolved).toBe(false);
    expect(band.failures).toEqual([]);
  });

  test('[R-ENT-1] others’ comments are changed by who moderates, and taken from nobody else', async () => {
    const all = await scene();
    const { band, ann, bob, cy } = all;
    const { hash } = await comment(cy, about(cy, 0, 6));
    await numbered(all, 2);
    const refused = await comment(bob, { type: 'delete', comment: hash });
    for (const { ledger } of [band, ann, cy]) expect(ledger.accept(refused)).toBe('not-permitted');
    await comment(ann, { type: 'resolve', comment: hash });
    await settled(() => cy.ledger.recordOf(ann.entriesMade.at(-1)?.hash ?? '') !== undefined, band);
    expect(threads(cy)[0]?.is_resolved).toBe(true);
    await comment(ann, { type: 'delete', comment: hash });
    await settled(() => threads(cy).length === 0 && threads(band).length === 0, band);
    expect(band.failures).toEqual([]);
  });

  test('[R-AUT-1] a deletion by a moderator stands after the demotion; one that comes later is void', async () => {
    const all = await scene();
    const { band, ann, bob, cy } = all;
    const { hash: first } = await comment(cy, about(cy, 0, 6, 'one'));
    const { hash: second } = await comment(cy, about(cy, 7, 12, 'two'));
    await numbered(all, 3);
    await comment(ann, { type: 'delete', comment: first });
    await numbered(all, 4);
    await band.setRole(bob, 'owner');
    await band.setRole(ann, 'editor');
    await settled(() => ann.ledger.statement?.claims.epoch === band.ledger.statement?.claims.epoch, band);
    await comment(ann, { type: 'delete', comment: second });
    await numbered(all, 5);
    expect(band.ledger.records.at(-1)?.record.verdict).toBe(1);
    for (const member of [band, ann, bob, cy]) expect(threads(member).map((thread) => thread.id)).toEqual([second]);
  });

  test('[R-DOC-1] an answer to what does not count does nothing', async () => {
    const all = await scene();
    const { band, ann, bob, cy } = all;
    await band.setRole(cy, 'viewer');
    await settled(() => band.members.every(({ ledger }) => ledger.statement?.claims.epoch === band.ledger.statement?.claims.epoch), band);
    // Cy once had the permission: numbered, void.
    const { hash } = await comment(cy, about(cy, 0, 6));
    await numbered(all, 2);
    expect(band.ledger.records.at(-1)?.record.verdict).toBe(1);
    await comment(ann, { type: 'add', text: 'answer', anchor: null, reply_to: hash });
    await numbered(all, 3);
    for (const member of [band, ann, bob]) expect(threads(member)).toEqual([]);
  });

  test('[R-DOC-1] an entry that names another waits for it', async () => {
    const all = await scene();
    const { band, ann, bob, cy } = all;
    const elsewhere = await Band.open();
    const dan = await elsewhere.join('dan', 'owner');
    dan.type(0, 'Silent');
    const { hash } = await comment(dan, about(dan, 0, 6));
    await comment(bob, { type: 'add', text: 'answer to nothing', anchor: null, reply_to: hash });
    await comment(ann, about(ann, 0, 6));
    await settled(() => cy.ledger.n === 2, band);
    for (const member of [band, ann, bob, cy]) expect(threads(member)).toMatchObject([{ first: { text: 'too high' }, replies: [] }]);
    expect(band.ledger.n).toBe(2);
  });

  test('an attested comment belongs to the person it was attested for, who may change it', async () => {
    const all = await scene();
    const { band, cy } = all;
    const user = band.ledger.device(cy.device)?.user_id ?? '';
    const author = new Author(band.ledger, {
      signer: band.keys.signer,
      clock: band.time,
      timers: band.time,
      random: (length) => crypto.getRandomValues(new Uint8Array(length)),
      onEntry: (entry) => band.replica.publish(entry, false),
      onFailure: (error) => band.failures.push(error),
    });
    const payload = encodeJson(commentSchema.parse(about(cy, 0, 6, 'by post')));
    const { hash } = await author.write(entryKinds.attested, encodeAttested(user, [{ kind: entryKinds.comment, payload }]));
    await band.sequencer.run();
    await numbered(all, 2);
    expect(threads(cy)).toMatchObject([{ id: hash, first: { user_id: user, text: 'by post' } }]);
    await comment(cy, { type: 'delete', comment: hash });
    await numbered(all, 3);
    for (const member of [band, ...band.members]) expect(threads(member)).toEqual([]);
    expect(band.failures).toEqual([]);
  });
});

describe('anchors', () => {
  test('stay on their words while others write before, beside and behind them', async () => {
    const all = await scene();
    const { ann, bob } = all;
    const anchor = anchorAt(ann.text, songId, { from: 7, to: 12 });
    expect(anchor.quote).toBe('night');
    bob.type(0, '[G]O, ');
    ann.type(7, 'very ');
    await settled(() => ann.text.length === 35 && bob.text.length === 35, all.band);
    for (const member of [ann, bob]) expect(wordsOf(member, anchor)).toBe('night');
    const at = bob.text.toJSON().indexOf('night');
    bob.type(at + 5, 's');
    bob.type(at, 'k');
    bob.type(at + 3, '-');
    expect(wordsOf(bob, anchor)).toBe('ni-ght');
  });

  test('words taken out are gone, and found again by their quote when they come back', async () => {
    const { ann, bob, band } = await scene();
    const undo = new Y.UndoManager(ann.text, { trackedOrigins: new Set([null]) });
    const anchor = anchorAt(ann.text, songId, { from: 7, to: 12 });
    ann.text.delete(5, 10);
    await settled(() => bob.text.length === 14, band);
    for (const member of [ann, bob]) expect(wordsOf(member, anchor)).toBeNull();
    undo.undo();
    await settled(() => bob.text.length === 24, band);
    for (const member of [ann, bob]) expect(wordsOf(member, anchor)).toBe('night');
    ann.text.delete(7, 5);
    ann.text.insert(7, 'night');
    await ann.author.flush();
    await settled(() => bob.ledger.n === ann.ledger.n && ann.ledger.pendingOf(ann.device).length === 0, band);
    for (const member of [ann, bob]) expect(wordsOf(member, anchor)).toBe('night');
  });

  test('the same words beside those that are gone are not taken for them', async () => {
    const { ann } = await scene();
    ann.type(0, '[G]a[G]b[G]c');
    const anchor = anchorAt(ann.text, songId, { from: 4, to: 7 });
    ann.text.delete(4, 3);
    expect(ann.text.toJSON().slice(0, 9)).toBe('[G]ab[G]c');
    expect(wordsOf(ann, anchor)).toBeNull();
  });

  test('a whole song, its ends and many places at once are found in one walk', () => {
    const doc = new Y.Doc();
    const text = doc.getText(`s:${songId}`);
    text.insert(0, '𝄞 abc');
    const anchors = [anchorAt(text, songId, { from: 0, to: 6 }), anchorAt(text, songId, { from: 3, to: 4 })];
    text.insert(6, '!');
    text.insert(0, '>');
    expect(placesOf(text, anchors)).toEqual([
      { from: 1, to: 7 },
      { from: 4, to: 5 },
    ]);
    expect(placesOf(text, [])).toEqual([]);
  });

  test('a quote never ends in half a character', () => {
    const text = new Y.Doc().getText(`s:${songId}`);
    text.insert(0, `${'a'.repeat(199)}𝄞 b`);
    expect(anchorAt(text, songId, { from: 0, to: 203 }).quote).toBe('a'.repeat(199));
  });

  test('a position that names what is not there, or in another song, is no place and no fault', () => {
    const doc = new Y.Doc();
    const text = doc.getText(`s:${songId}`);
    text.insert(0, 'abc');
    doc.getText('s:0198f000-0000-7000-8000-0000000000bb').insert(0, 'def');
    const good = anchorAt(text, songId, { from: 0, to: 1 });
    const away = { ...good, start: { ...good.start, item: { client: 5, clock: 5 } } };
    const other = { ...good, end: { ...good.end, item: { client: doc.clientID, clock: 4 } } };
    const back = { ...anchorAt(text, songId, { from: 2, to: 3 }), end: good.end, quote: '' };
    expect(placesOf(text, [away, other, back])).toEqual([null, null, null]);
  });
});

describe('chat', () => {
  test('[R-DOC-4] answers, reactions and deletions read alike for all', async () => {
    const all = await scene();
    const { band, ann, bob, cy } = all;
    const { hash: hello } = await chat(ann, { type: 'message', text: 'hello', reply_to: null });
    await numbered(all, 2);
    const { hash: answer } = await chat(cy, { type: 'message', text: 'hi', reply_to: hello });
    await chat(bob, { type: 'reaction', message: hello, emoji: '🎵', is_on: true });
    await numbered(all, 4);
    await chat(cy, { type: 'reaction', message: hello, emoji: '🎵', is_on: true });
    await chat(bob, { type: 'reaction', message: hello, emoji: '🎵', is_on: false });
    await numbered(all, 6);
    const cyId = band.ledger.device(cy.device)?.user_id;
    for (const member of [band, ann, bob, cy]) {
      expect(readMessages(member.ledger, member.ledger.fold.chat, member.ledger.fold.gone)).toMatchObject([
        { id: hello, text: 'hello', reactions: [{ emoji: '🎵', user_ids: [cyId] }] },
        { id: answer, text: 'hi', reply_to: hello, reactions: [] },
      ]);
    }
    await chat(ann, { type: 'delete', message: hello });
    await numbered(all, 7);
    for (const member of [band, ann, bob, cy]) expect(said(member)).toEqual(['hi']);
  });

  test('[R-ENT-1] nobody takes back what others said without moderating', async () => {
    const all = await scene();
    const { band, ann, bob, cy } = all;
    const { hash } = await chat(ann, { type: 'message', text: 'stays', reply_to: null });
    await numbered(all, 2);
    const refused = await chat(cy, { type: 'delete', message: hash });
    for (const { ledger } of [band, ann, bob]) expect(ledger.accept(refused)).toBe('not-permitted');
    for (const member of [band, ann, bob]) expect(said(member)).toEqual(['stays']);
  });

  test('[R-DOC-1] their order is n, then the highest time so far in the stream', async () => {
    const { band, ann, bob } = await scene();
    const posts: Posts<string> = new Map();
    const write = async (member: Member, seq: number, at: number, prev: Uint8Array<ArrayBuffer>): Promise<Entry> => {
      const draft = { kind: entryKinds.chat, sessionId: band.ledger.sessionBytes, deviceId: deviceIdOf(member.keys.signer.publicKey) };
      const entry = await signEntry(
        { ...draft, run: new Uint8Array(8), seq, prev, epoch: 1, at, payload: new Uint8Array(1) },
        member.keys.signer,
      );
      addPost(posts, entry, null, String(at));
      return entry;
    };
    const stream = new StreamState('ann');
    const first = await write(ann, 1, 100, noHash);
    stream.add(first);
    // The clock was set back by then.
    stream.add(await write(ann, 2, 50, fromHex(first.hash)));
    await write(bob, 1, 80, noHash);
    await write(bob, 2, 20, noHash);
    const numberedHash = [...posts.keys()][3];
    const source: PostSource = {
      device: () => undefined,
      recordOf: (hash) => (hash === numberedHash ? band.ledger.records[0]?.record : undefined),
      stream: (name) => (name === first.stream ? stream : undefined),
    };
    expect(inOrder(source, [...posts.values()].toReversed()).map(({ words }) => words)).toEqual(['20', '80', '100', '50']);
  });

  test('[R-AUT-1] a stream that changes what others said, and arrives with it, is closed', async () => {
    const band = await Band.open();
    const [bob, cy] = [await band.join('bob', 'editor'), await band.join('cy', 'editor')];
    const message = await chat(cy, { type: 'message', text: 'stays', reply_to: null });
    const deletion = await chat(bob, { type: 'delete', message: message.hash });
    // Before the message is in the fold nobody knows whose it is.
    expect([message, deletion].map((entry) => band.ledger.accept(entry))).toEqual(['accepted', 'accepted']);
    band.ledger.settle();
    await band.sequencer.run();
    expect(band.ledger.stream(bob.author.streamName)?.isClosed).toBe(true);
    expect(said(band)).toEqual(['stays']);
    expect(band.failures).toEqual([]);
  });
});

describe('payloads', () => {
  const position = { tname: `s:${songId}`, item: { client: 1, clock: 0 }, assoc: 0 };
  const anchor = { song_id: songId, start: position, end: { ...position, assoc: -1 }, quote: 'a' };
  const good = { type: 'add', text: 'x', anchor, reply_to: null };
  const hash = 'ab'.repeat(32);
  const bad: [string, unknown][] = [
    ['neither anchor nor answer', { ...good, anchor: null }],
    ['anchor and answer', { ...good, reply_to: hash }],
    ['no text', { ...good, text: '' }],
    ['too long', { ...good, text: 'x'.repeat(4_001) }],
    ['half a character', { ...good, text: '\ud834' }],
    ['another song', { ...good, anchor: { ...anchor, song_id: '0198f000-0000-7000-8000-0000000000bb' } }],
    ['another root', { ...good, anchor: { ...anchor, start: { ...position, tname: 'lobby' } } }],
    ['a nested type', { ...good, anchor: { ...anchor, start: { type: { client: 1, clock: 0 }, ...position } } }],
    ['a clock that is none', { ...good, anchor: { ...anchor, end: { ...position, item: { client: 1, clock: -1 } } } }],
    ['a long quote', { ...good, anchor: { ...anchor, quote: 'x'.repeat(201) } }],
    ['a field too many', { ...good, by: 'me' }],
    ['no such deed', { type: 'erase', comment: hash }],
    ['no such name', { type: 'delete', comment: 'ab' }],
  ];

  test('[R-ENT-1] what is well-formed passes as it is', () => {
    expect(parseJson(commentSchema, encodeJson(good))).toEqual(good);
    expect(parseJson(markerSchema, encodeJson({ type: 'take', name: '1', song_id: null }))).not.toBeNull();
  });

  test.each(bad)('[R-ENT-1] a comment with %s is refused', (_what, payload) => {
    expect(parseJson(commentSchema, encodeJson(payload))).toBeNull();
  });

  test('[R-ENT-1] other bytes of the same comment are refused', () => {
    expect(parseJson(commentSchema, encodeJson({ reply_to: null, anchor, text: 'x', type: 'add' }))).toBeNull();
  });
});
