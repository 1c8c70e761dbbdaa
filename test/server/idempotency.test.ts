import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { builtInTemplates } from '../../shared/session/templates.ts';
import { callApi } from '../support/api-client.ts';
import { expectDone, registerUser, startTestServer, type TestServerOptions } from '../support/server.ts';
import { testDirectory } from '../support/test-core.ts';

async function server(options?: TestServerOptions) {
  const started = await startTestServer(options);
  onTestFinished(() => started.close());
  return started;
}

const { id: _id, is_built_in: _builtIn, ...templateValues } = builtInTemplates[0] as (typeof builtInTemplates)[number];

test('Idempotency-Key: done once, answered twice; another request under it is refused', async () => {
  const { url } = await server();
  const { token } = await registerUser(url);
  const ben = await registerUser(url, 'Ben');
  const key = { 'idempotency-key': 'b3c9-1' };
  const first = await callApi(url, 'createSession', { name: 'Once' }, token, key);
  const again = await callApi(url, 'createSession', { name: 'Once' }, token, key);
  expect([again.status, again.body]).toEqual([201, first.body]);
  expect((await callApi(url, 'createSession', { name: 'Other' }, token, key)).problem?.code).toBe('idempotency-conflict');
  // Another user's key is another key.
  expect((await callApi(url, 'createSession', { name: 'Once' }, ben.token, key)).body?.id).not.toBe(first.body?.id);
  expect((await callApi(url, 'mySessions', {}, token)).body?.items).toHaveLength(1);

  const many = { 'idempotency-key': 'b3c9-2' };
  const replies = await Promise.all(Array.from({ length: 10 }, () => callApi(url, 'createSession', { name: 'Many' }, token, many)));
  expect(new Set(replies.flatMap((reply) => (reply.body === undefined ? [] : [reply.body.id]))).size).toBe(1);
  expect((await callApi(url, 'mySessions', { q: 'Many' }, token)).body?.items).toHaveLength(1);

  // A refusal is not kept.
  const wrong = { 'idempotency-key': 'b3c9-3' };
  expect((await callApi(url, 'createSession', { name: 'x', template_id: 'none' }, token, wrong)).status).toBe(422);
  expect((await callApi(url, 'createSession', { name: 'x', template_id: 'coaching' }, token, wrong)).status).toBe(201);
  expect((await callApi(url, 'createSession', { name: 'x' }, token, { 'idempotency-key': 'a b' })).status).toBe(400);
});

test('Idempotency-Key: what changes or removes is done once as well', async () => {
  const { url } = await server();
  const { token } = await registerUser(url);
  const session = expectDone(await callApi(url, 'createSession', { name: 'Before' }, token));
  const key = { 'idempotency-key': 'rename' };
  expectDone(await callApi(url, 'updateSession', { id: session.id, name: 'After' }, token, key));
  expectDone(await callApi(url, 'updateSession', { id: session.id, name: 'Later' }, token));
  expect((await callApi(url, 'updateSession', { id: session.id, name: 'After' }, token, key)).body?.name).toBe('After');
  expect((await callApi(url, 'getSession', { id: session.id }, token)).body?.name).toBe('Later');

  const template = expectDone(await callApi(url, 'createTemplate', { ...templateValues, name: 'Quartet' }, token));
  const removal = { 'idempotency-key': 'removal' };
  const statuses = [];
  for (let at = 0; at < 2; at++) statuses.push((await callApi(url, 'deleteTemplate', { id: template.id }, token, removal)).status);
  expect(statuses).toEqual([204, 204]);
});

test('a server that dies before it keeps its answer makes nothing twice when the request comes again, and its song is there', async () => {
  const dataDir = testDirectory();
  const { url } = await server({ dataDir });
  const { token } = await registerUser(url);
  const song = { id: '01900000-0000-7000-8000-0000000000aa', title: 'Silent Night', chordpro: '{title: Silent Night}\nAll is calm' };
  const request = { name: 'Once', song };
  const key = { 'idempotency-key': 'session' };
  const first = expectDone(await callApi(url, 'createSession', request, token, key));
  const template = { ...templateValues, name: 'Quartet' };
  const ofTemplate = { 'idempotency-key': 'template' };
  const made = expectDone(await callApi(url, 'createTemplate', template, token, ofTemplate));
  expectDone(await callApi(url, 'removeDocument', { id: first.id, song_id: song.id }, token));

  // As the table is when the process ends in the middle: the keys are there, their answers are not; and their minute is over.
  const beside = new BetterSqlite3(join(dataDir, 'chordme.db'));
  beside.exec("UPDATE idempotency_keys SET body = NULL, created_at = '2020-01-01T00:00:00.000Z'");
  beside.close();
  expect(expectDone(await callApi(url, 'createSession', request, token, key)).id).toBe(first.id);
  expect(expectDone(await callApi(url, 'createTemplate', template, token, ofTemplate))).toEqual(made);
  expect(expectDone(await callApi(url, 'mySessions', {}, token)).items).toHaveLength(1);
  const documents = expectDone(await callApi(url, 'listDocuments', { id: first.id }, token)).items;
  expect(documents.map(({ song_id, title }) => [song_id, title])).toEqual([[song.id, 'Silent Night']]);
  // Another key is another session.
  expect(expectDone(await callApi(url, 'createSession', request, token, { 'idempotency-key': 'other' })).id).not.toBe(first.id);
});
