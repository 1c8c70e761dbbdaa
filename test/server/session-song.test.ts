import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { Fault } from '../../shared/base/errors.ts';
import { openDatabase } from '../../src-server/database/open-database.ts';
import { newId, timestamp } from '../../src-server/deps.ts';
import { createUserStore } from '../../src-server/features/accounts/user-store.ts';
import { createActivityLog } from '../../src-server/features/activities/activity-log.ts';
import type { SessionContent } from '../../src-server/features/content/content-port.ts';
import { createSettingsStore } from '../../src-server/features/admin/settings.ts';
import type { LedgerPort } from '../../src-server/features/sessions/ledger-port.ts';
import { createPresentSession } from '../../src-server/features/sessions/present-session.ts';
import { createMail } from '../../src-server/features/mail/smtp.ts';
import { createSessionService } from '../../src-server/features/sessions/session-service.ts';
import { createRecordings } from '../../src-server/features/recordings/recordings.ts';
import { createSessionStore } from '../../src-server/features/sessions/session-store.ts';
import { createStatementChanges } from '../../src-server/features/sessions/statement-changes.ts';
import { systemTimers } from '../../src-server/system-timers.ts';
import { chartFromNames } from '../../src-server/features/sessions/song-head.ts';
import { callApi } from '../support/api-client.ts';
import { createSession, registerUser, startTestServer } from '../support/server.ts';

async function server() {
  const started = await startTestServer();
  onTestFinished(() => started.close());
  return started;
}

const refuse = () => Promise.reject(new Fault('unavailable'));

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

test('when the ledger cannot take the song, no session stays behind and its listeners hear of it', async () => {
  const deps = { clock: { now: () => Date.now() }, timers: systemTimers, random: (length: number) => new Uint8Array(randomBytes(length)) };
  const db = openDatabase(':memory:', timestamp(deps.clock));
  onTestFinished(() => db.close());
  const users = createUserStore(db);
  const sessions = createSessionStore(db);
  const changes = createStatementChanges();
  const announced: (string | undefined)[] = [];
  changes.listen((id) => void announced.push(sessions.find(id)?.id));
  const content: SessionContent = {
    songs: refuse,
    song: refuse,
    addSong: refuse,
    replaceSong: refuse,
    removeSong: refuse,
    messages: refuse,
    say: refuse,
    threads: refuse,
    comment: refuse,
    changeComment: refuse,
  };
  const ledger: LedgerPort = {
    statementChanged: () => {},
    wordsOf: () => Promise.resolve({ messages: [], comments: [] }),
    takeBackWords: () => Promise.resolve(),
    presentUsers: () => new Set(),
    closeDevice: () => {},
    close: () => Promise.resolve(),
  };
  const userId = newId(deps);
  users.insert({
    id: userId,
    email: null,
    name: 'Ada',
    color: '#0072b2',
    password_hash: '',
    is_admin: 0,
    created_at: timestamp(deps.clock),
    last_seen_at: null,
    disabled_at: null,
    deleted_at: null,
    erased_at: null,
  });
  const present = createPresentSession(
    db,
    sessions,
    () => false,
    () => timestamp(deps.clock),
  );
  const mail = createMail({ smtp_url: '', mail_from: '', name: 'Test' }, { warn: () => {} });
  const activities = createActivityLog(db, deps);
  const recordings = createRecordings({
    db,
    deps,
    sessions,
    activities,
    ledger: { lastNumber: () => 0, newestCheckpoint: () => null, events: refuse, stretch: refuse, songsAt: refuse },
    presentUsers: () => new Set(),
    changed: () => {},
    onFailure: () => {},
  });
  const { handlers } = createSessionService({
    db,
    deps,
    users,
    sessions,
    present,
    changes,
    ledger,
    mail,
    content,
    archive: { pack: () => false, unpacked: () => [] },
    activities,
    recordings,
    bounds: () => createSettingsStore(db, () => 'open').current(),
    place: () => ({ server: 'http://127.0.0.1', key: '' }),
    invitationChanged: () => {},
    waysChanged: () => {},
  });
  const caller = { user_id: userId, is_admin: false };
  await expect(handlers.createSession({ name: 'x', song: { id: songId, title: 'x' } }, caller)).rejects.toMatchObject({
    code: 'unavailable',
  });
  expect((await handlers.mySessions({ limit: 50 }, caller)).items).toEqual([]);
  expect(announced).toEqual([expect.any(String), undefined]);
});
