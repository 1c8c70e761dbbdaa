import { afterAll, beforeAll, expect, test } from 'vitest';
import { callApi } from '../../support/api-client.ts';
import { createSession, expectDone, registerUser, startTestServer, type TestServer, type TestUser } from '../../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const songId = '01900000-0000-7000-8000-00000000000a';
const chordpro = '{title: Silent Night}\n{artist: Gruber}\n{key: G}\n\n{start_of_verse: 1}\n[G]Silent night\n{end_of_verse}\n';

async function scene() {
  const { url } = server;
  const ada = await registerUser(url);
  const ben = await registerUser(url, 'Ben');
  const session = await createSession(url, ada, { song: { id: songId, title: 'Silent Night', chordpro } });
  expectDone(await callApi(url, 'joinByCode', { code: session.join_code }, ben.token));
  const setRole = async (user: TestUser, role: 'editor' | 'commenter' | 'viewer') =>
    expectDone(await callApi(url, 'changeRole', { id: session.id, user_id: user.id, role }, ada.token));
  return { url, ada, ben, id: session.id, setRole };
}

test('songs by REST: listed, in each format, added, replaced, removed', async () => {
  const { url, ada, ben, id } = await scene();
  const head = { song_id: songId, title: 'Silent Night', artist: 'Gruber', key: 'G', characters: chordpro.length };
  expect(expectDone(await callApi(url, 'listDocuments', { id }, ben.token)).items).toEqual([head]);
  const as = async (format: 'chordpro' | 'json' | 'text') =>
    expectDone(await callApi(url, 'getDocument', { id, song_id: songId, format }, ben.token)).content;
  expect(await as('chordpro')).toBe(chordpro);
  expect(await as('text')).toContain('G\nSilent night');
  expect(await as('json')).toMatchObject({ meta: { title: ['Silent Night'] } });

  const added = await callApi(url, 'addDocument', { id, song: { title: 'O Tannenbaum', artist: 'Anon' } }, ben.token);
  expect(added.status).toBe(201);
  expect(added.body).toMatchObject({ title: 'O Tannenbaum', content: '{title: O Tannenbaum}\n{artist: Anon}\n\n' });
  const twice = await callApi(url, 'addDocument', { id, song: { id: songId, title: 'Again' } }, ben.token);
  expect(twice.problem).toMatchObject({ status: 422, errors: [{ path: 'song.id' }] });

  const text = `${chordpro.replace('Silent night', 'Silent 🎄 night')}[D]Holy night\n`;
  const replaced = expectDone(await callApi(url, 'replaceDocument', { id, song_id: songId, chordpro: text }, ben.token));
  expect(replaced.content).toBe(text);
  expect((await callApi(url, 'replaceDocument', { id, song_id: ada.id, chordpro: 'x' }, ben.token)).status).toBe(404);

  const other = expectDone(added).song_id;
  expect((await callApi(url, 'removeDocument', { id, song_id: other }, ben.token)).status).toBe(204);
  expect((await callApi(url, 'getDocument', { id, song_id: other }, ben.token)).status).toBe(404);
  expect((await callApi(url, 'removeDocument', { id, song_id: other }, ben.token)).status).toBe(404);
});

test('many replace one song at once: each text is whole, one of them stays', async () => {
  const { url, ada, id } = await scene();
  const texts = Array.from({ length: 12 }, (_, at) => `{title: Take ${at}}\n${`[C]la ${at} `.repeat(50)}\n`);
  const replies = await Promise.all(
    texts.map((text) => callApi(url, 'replaceDocument', { id, song_id: songId, chordpro: text }, ada.token)),
  );
  expect(replies.map((reply) => reply.status)).toEqual(texts.map(() => 200));
  const { content } = expectDone(await callApi(url, 'getDocument', { id, song_id: songId }, ada.token));
  expect(texts).toContain(content);
});

test('song_id at creation takes the song as some session of mine has it, and only of mine', async () => {
  const { url, ada, ben, id } = await scene();
  expectDone(await callApi(url, 'replaceDocument', { id, song_id: songId, chordpro: '{title: New words}\n' }, ada.token));
  const copy = await createSession(url, ben, { song_id: songId });
  expect(copy.song).toEqual({ id: songId, title: 'New words', artist: '' });
  expect(expectDone(await callApi(url, 'getDocument', { id: copy.id, song_id: songId }, ben.token)).content).toBe('{title: New words}\n');
  const mallory = await registerUser(url, 'Mallory');
  const refused = await callApi(url, 'createSession', { name: 'x', song_id: songId }, mallory.token);
  expect(refused.problem).toMatchObject({ status: 422, errors: [{ path: 'song_id' }] });
});

test('chat by REST: said, answered, listed newest first in pages', async () => {
  const { url, ada, ben, id } = await scene();
  const said = await callApi(url, 'sendMessage', { id, text: 'Ready?' }, ada.token);
  expect(said.status).toBe(201);
  expect(said.body).toMatchObject({ text: 'Ready?', user: { id: ada.id, name: 'Ada' }, reply_to: null });
  const first = expectDone(said);
  const answer = expectDone(await callApi(url, 'sendMessage', { id, text: 'Yes', reply_to: first.id }, ben.token));
  expect(answer.reply_to).toBe(first.id);
  const lost = await callApi(url, 'sendMessage', { id, text: 'x', reply_to: 'f'.repeat(64) }, ben.token);
  expect(lost.problem).toMatchObject({ status: 422, errors: [{ path: 'reply_to' }] });
  const page = expectDone(await callApi(url, 'listMessages', { id, limit: 1 }, ben.token));
  expect(page.items.map(({ text }) => text)).toEqual(['Yes']);
  const rest = expectDone(await callApi(url, 'listMessages', { id, cursor: page.next_cursor ?? '' }, ben.token));
  expect(rest).toMatchObject({ items: [{ text: 'Ready?' }], next_cursor: null });
});

test('comments by REST: about words, answered, edited, resolved, taken back; the words are followed as the song changes', async () => {
  const { url, ada, ben, id } = await scene();
  const start = chordpro.indexOf('Silent night');
  const anchor = { song_id: songId, start, end: start + 'Silent night'.length };
  const made = await callApi(url, 'addComment', { id, text: 'Slower', anchor }, ben.token);
  expect(made.status).toBe(201);
  const comment = expectDone(made);
  expect(comment).toMatchObject({
    anchor: { ...anchor, quote: 'Silent night' },
    is_resolved: false,
    first: { text: 'Slower' },
    replies: [],
  });
  expectDone(await callApi(url, 'replaceDocument', { id, song_id: songId, chordpro: `{tempo: 60}\n${chordpro}` }, ada.token));
  const moved = expectDone(await callApi(url, 'listComments', { id, song_id: songId }, ada.token)).items[0];
  expect(moved?.anchor?.start).toBe(start + '{tempo: 60}\n'.length);

  const answered = expectDone(await callApi(url, 'addComment', { id, text: 'How slow?', reply_to: comment.id }, ada.token));
  const reply = answered.replies[0]?.id ?? '';
  expect(answered.replies.map(({ text }) => text)).toEqual(['How slow?']);
  const edited = expectDone(await callApi(url, 'changeComment', { id, comment_id: comment.id, text: 'Much slower' }, ben.token));
  expect(edited.first).toMatchObject({ text: 'Much slower', is_edited: true });
  expect(expectDone(await callApi(url, 'changeComment', { id, comment_id: comment.id, is_resolved: true }, ben.token)).is_resolved).toBe(
    true,
  );
  const inner = await callApi(url, 'changeComment', { id, comment_id: reply, is_resolved: true }, ada.token);
  expect(inner.problem?.errors?.[0]?.path).toBe('is_resolved');

  expect((await callApi(url, 'changeComment', { id, comment_id: reply, text: 'Not mine' }, ben.token)).problem?.code).toBe('forbidden');
  expect((await callApi(url, 'deleteComment', { id, comment_id: reply }, ben.token)).problem?.code).toBe('forbidden');
  // The owner moderates.
  expect((await callApi(url, 'deleteComment', { id, comment_id: comment.id }, ada.token)).status).toBe(204);
  const left = expectDone(await callApi(url, 'listComments', { id }, ada.token)).items;
  expect(left).toMatchObject([{ first: null, replies: [{ text: 'How slow?' }] }]);
  for (const wrong of [{ anchor, reply_to: reply }, {}, { anchor: { ...anchor, end: 100_000 } }, { reply_to: 'f'.repeat(64) }]) {
    expect((await callApi(url, 'addComment', { id, text: 'x', ...wrong }, ada.token)).status).toBe(422);
  }
});

test('writing needs the permission of one’s role and a session that is open: viewers could comment, so viewer and commenter were the same', async () => {
  const { url, ada, ben, id, setRole } = await scene();
  const anchor = { song_id: songId, start: 1, end: 5 };
  const tries = async () => ({
    edit: (await callApi(url, 'replaceDocument', { id, song_id: songId, chordpro: '{title: Mine}\n' }, ben.token)).status,
    comment: (await callApi(url, 'addComment', { id, text: 'Hm', anchor }, ben.token)).status,
    chat: (await callApi(url, 'sendMessage', { id, text: 'Hi' }, ben.token)).status,
    read: (await callApi(url, 'listComments', { id }, ben.token)).status,
  });
  await setRole(ben, 'viewer');
  expect(await tries()).toEqual({ edit: 403, comment: 403, chat: 201, read: 200 });
  await setRole(ben, 'commenter');
  expect(await tries()).toEqual({ edit: 403, comment: 201, chat: 201, read: 200 });
  await setRole(ben, 'editor');
  expectDone(await callApi(url, 'pauseSession', { id }, ada.token));
  const paused = await callApi(url, 'sendMessage', { id, text: 'Hi' }, ben.token);
  expect(paused.problem?.code).toBe('wrong-status');
  expect(await tries()).toEqual({ edit: 409, comment: 409, chat: 409, read: 200 });
});

test('no recording runs', async () => {
  const { url, ben, id } = await scene();
  const status = { is_recording: false, recording_id: null, started_at: null, event_count: 0 };
  expect((await callApi(url, 'recordingStatus', { id }, ben.token)).body).toEqual(status);
});
