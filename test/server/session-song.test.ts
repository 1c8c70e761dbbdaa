import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { chartFromNames } from '../../src-server/features/sessions/song-head.ts';
import { callApi } from '../support/api-client.ts';
import { createSession, registerUser, startTestServer } from '../support/server.ts';

async function server() {
  const started = await startTestServer();
  onTestFinished(() => started.close());
  return started;
}

const songId = '01900000-0000-7000-8000-00000000000a';

test('a session made with a song shows it, and its ledger has it signed and numbered', async () => {
  const { url, config } = await server();
  const ada = await registerUser(url);
  const song = {
    id: songId,
    title: 'Silent Night',
    artist: 'Gruber',
    chordpro: '{title: Silent Night}\n{artist: Gruber}\n\n[C]Silent night',
  };
  const session = await createSession(url, ada, { song });
  expect(session.song).toEqual({ id: songId, title: 'Silent Night', artist: 'Gruber' });
  expect((await callApi(url, 'mySessions', { q: 'silent' }, ada.token)).body?.items.map((item) => item.id)).toEqual([session.id]);

  const beside = new BetterSqlite3(join(config.data_dir, 'chordme.db'), { readonly: true });
  const count = (table: string) => beside.prepare(`SELECT count(*) FROM ${table} WHERE session_id = ?`).pluck().get(session.id);
  expect(count('ledger_entries')).toBeGreaterThan(0);
  expect(count('ledger_records')).toBe(count('ledger_entries'));
  beside.close();
});

test('a song of two megabytes is taken', async () => {
  const { url } = await server();
  const ada = await registerUser(url);
  const line = '[C]la la la la la la la la la la\n';
  const chordpro = line.repeat(Math.floor((2 * 1024 * 1024) / line.length));
  const reply = await callApi(url, 'createSession', { name: 'Long', song: { id: songId, title: 'La', chordpro } }, ada.token);
  expect(reply.status).toBe(201);
});

test('a song named only by title and artist becomes a chart that names them, whatever they hold', () => {
  expect(chartFromNames('Night', '')).toBe('{title: Night}\n\n');
  expect(chartFromNames('A}\n{end_of_song', ' B\u2028C ')).toBe('{title: A   end_of_song}\n{artist: B C}\n\n');
});
