import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { makeUuid } from '../../../shared/base/ids.ts';
import { encodeHead, encodeRecord, verdicts } from '../../../shared/ledger/record.ts';
import { createSqlLedgerStore } from '../../../shared/ledger/sql-ledger-store.ts';
import { mendLedger } from '../../../src-main/core/database/mend-ledger.ts';
import { fillSongWordsSql, migrations } from '../../../src-main/core/database/migrations.ts';
import { openDatabase } from '../../../src-main/core/database/open-database.ts';
import { systemRandom } from '../../../src-main/core/system.ts';
import { ask } from '../../support/ask.ts';
import { leafPages, overwritePage } from '../../support/damage.ts';
import { makeEntries } from '../../support/entries.ts';
import { openTestCore, testDirectory, type TestCore } from '../../support/test-core.ts';

const sessionId = makeUuid(1_800_000_000_000, systemRandom);
const songCount = 200;

/** A library of many pages and a session, closed as it should be. */
async function makeLibrary(): Promise<{ dataDir: string; file: string; entries: Uint8Array[] }> {
  const core = await openTestCore();
  const files = Array.from({ length: songCount }, (_, at) => ({
    name: `${at}.cho`,
    content: new TextEncoder().encode(`{title: Song ${at}}\n${'[G]la la la '.repeat(20)}`),
  }));
  await ask(core, 'library.import', { files });
  const entries = (await makeEntries(sessionId, 60)).map(({ bytes }) => bytes);
  await ask(core, 'ledger.append_entries', { session_id: sessionId, is_own: false, entries });
  await core.close();
  return { dataDir: core.dataDir, file: join(core.dataDir, 'chordme.sqlite'), entries };
}

const entriesIn = async (core: TestCore): Promise<Uint8Array[]> =>
  (await ask(core, 'ledger.read_entries', { session_id: sessionId, after: 0 })).entries;

describe('a damaged library', () => {
  test('met while the app runs: it says so; the next start saves all but the broken page, keeps the file and tells where', async () => {
    const { dataDir, file, entries } = await makeLibrary();
    const pages = leafPages(file, 'songs');
    const broken = pages[Math.floor(pages.length / 2)] ?? { pageno: 0, ncell: 0 };
    expect(pages.length).toBeGreaterThan(10);
    overwritePage(file, broken.pageno);
    const damaged = readFileSync(file);

    const running = await openTestCore({ dataDir });
    // The list is answered by its index; who opens songs comes upon the page.
    const listed = await ask(running, 'library.list', {});
    const opened = await Promise.all(listed.map(({ id }) => running.handle('library.get', { id })));
    expect(opened.filter((reply) => !reply.ok)).toContainEqual({ ok: false, code: 'data-damaged' });
    expect(await ask(running, 'app.recovery', {})).toBeNull();
    await running.close();

    const core = await openTestCore({ dataDir });
    const left = songCount - broken.ncell;
    expect(await ask(core, 'library.list', {})).toHaveLength(left);
    expect(await entriesIn(core)).toEqual(entries);
    const recovery = await ask(core, 'app.recovery', {});
    expect(recovery).toMatchObject({ song_count: left, session_count: 1, incomplete: ['songs'] });
    expect((await ask(core, 'library.search', { q: 'la la' })).total_count).toBe(left);
    expect(readFileSync(recovery?.kept_file ?? '').equals(damaged)).toBe(true);
    await ask(core, 'app.recovery_read', {});
    await core.close();

    const after = await openTestCore({ dataDir });
    expect(await ask(after, 'app.recovery', {})).toBeNull();
    expect(await ask(after, 'library.list', {})).toHaveLength(left);
  });

  test('first and last page of a table: what lies between them is saved', async () => {
    const { dataDir, file } = await makeLibrary();
    const pages = leafPages(file, 'songs');
    const broken = [pages[0], pages.at(-1)].map((page) => page ?? { pageno: 0, ncell: 0 });
    for (const { pageno } of broken) overwritePage(file, pageno);
    writeFileSync(`${file}.damaged`, '');
    const core = await openTestCore({ dataDir });
    expect(await ask(core, 'library.list', {})).toHaveLength(songCount - broken.reduce((sum, { ncell }) => sum + ncell, 0));
  });

  test.each(['nothing but noise', 'cut to one page', 'cut to nothing readable'])('%s: a fresh library, and the file kept', async (kind) => {
    const { dataDir, file } = await makeLibrary();
    const whole = readFileSync(file);
    const damaged = { 'nothing but noise': Buffer.alloc(whole.length, 0x5a), 'cut to one page': whole.subarray(0, 4_096) }[kind];
    writeFileSync(file, damaged ?? whole.subarray(0, 50));
    const core = await openTestCore({ dataDir });
    expect(await ask(core, 'library.list', {})).toEqual([]);
    const recovery = await ask(core, 'app.recovery', {});
    expect(readFileSync(recovery?.kept_file ?? '').equals(damaged ?? whole.subarray(0, 50))).toBe(true);
    expect(recovery?.incomplete).toContain('songs');
    await ask(core, 'library.create', { chordpro: '{title: New}' });
  });

  test('the log of an app that was killed is read with the file, and is never played into its successor', async () => {
    const { dataDir, file } = await makeLibrary();
    const killed = await openTestCore({ dataDir });
    await ask(killed, 'library.create', { chordpro: '{title: In the log only}' });
    const copy = join(testDirectory(), 'copy');
    mkdirSync(copy);
    const copied = join(copy, 'chordme.sqlite');
    for (const suffix of ['', '-wal']) copyFileSync(file + suffix, copied + suffix);
    await killed.close();
    const broken = leafPages(file, 'songs')[5] ?? { pageno: 0, ncell: 0 };
    overwritePage(copied, broken.pageno);

    const core = await openTestCore({ dataDir: copy });
    expect(await ask(core, 'library.list', {})).toHaveLength(songCount + 1 - broken.ncell);
    expect((await ask(core, 'library.search', { q: 'in the log only' })).songs).toHaveLength(1);
    expect(readdirSync(copy).filter((name) => /damaged-\d{8}T\d{6}-wal$/.test(name))).toHaveLength(1);
  });

  test('a crash between saving and replacing is made up for at the next start', async () => {
    const { dataDir, file } = await makeLibrary();
    const fresh = await openTestCore();
    await ask(fresh, 'library.create', { chordpro: '{title: Saved}' });
    await fresh.close();
    renameSync(join(fresh.dataDir, 'chordme.sqlite'), `${file}.salvaged`);
    writeFileSync(`${file}-wal`, 'of the damaged file');
    const core = await openTestCore({ dataDir });
    expect((await ask(core, 'library.list', {})).map(({ title }) => title)).toEqual(['Saved']);
    expect(existsSync(`${file}.salvaged`)).toBe(false);
  });
});

/** A store with numbered entries of which some are missing. */
async function withHole(lost: readonly number[]): Promise<{ db: Database.Database; store: ReturnType<typeof createSqlLedgerStore> }> {
  const db = await openDatabase(join(testDirectory(), 'db.sqlite'), migrations);
  // What is on disk at a power loss is no matter here.
  db.pragma('synchronous = OFF');
  const store = createSqlLedgerStore(db);
  const entries = await makeEntries(sessionId, 10);
  store.appendEntries(sessionId, entries, false);
  for (const [at, entry] of entries.entries()) {
    const n = at + 1;
    const record = encodeRecord({
      n,
      stream: entry.stream,
      seq: entry.seq,
      hash: entry.hash,
      verdict: verdicts.ok,
      receivedAt: 1,
      skeletonSha256: null,
    });
    const head = encodeHead({ n, chain: new Uint8Array(32), generation: 1, signature: new Uint8Array(64) });
    store.appendRecords(sessionId, n, [record], { n, bytes: head });
  }
  for (const n of lost) db.prepare('DELETE FROM ledger_records WHERE n = ?').run(n);
  return { db, store };
}

describe('a salvaged ledger', () => {
  test('ends before the first hole and goes on from there; no entry is lost', async () => {
    const { db, store } = await withHole([5, 8]);
    mendLedger(db);
    const { records } = store.readRecords(sessionId, 0, 100);
    const last = records.length;
    expect(last).toBeLessThan(5);
    expect(store.readEntries(sessionId, 0, 1e9).entries).toHaveLength(10);
    expect(db.prepare('SELECT count(*) FROM ledger_entries WHERE n > ?').pluck().get(last)).toBe(0);
    expect(db.prepare('SELECT coalesce(max(n), 0) FROM ledger_heads').pluck().get()).toBe(last);
    db.close();
  });

  test('with a checkpoint behind the hole it begins there', async () => {
    const { db, store } = await withHole([3]);
    store.putCheckpoint(sessionId, { n: 7, head: new Uint8Array(1), body: new Uint8Array(1) });
    mendLedger(db);
    expect(db.prepare('SELECT n FROM ledger_records ORDER BY n').pluck().all()).toEqual([8, 9, 10]);
    db.close();
  });

  test('a whole one is left as it is', async () => {
    const { db, store } = await withHole([]);
    mendLedger(db);
    expect(store.readRecords(sessionId, 0, 100).records).toHaveLength(10);
    db.close();
  });
});

describe('versions', () => {
  test.each(migrations.slice(0, -1).map((_, at) => at + 1))(
    'a library of version %i comes to the newest with all it has, and a copy beside it',
    async (version) => {
      const dataDir = join(testDirectory(), 'data');
      mkdirSync(dataDir);
      const file = join(dataDir, 'chordme.sqlite');
      const db = await openDatabase(file, migrations.slice(0, version));
      const hasText = db.prepare("SELECT 1 FROM pragma_table_info('songs') WHERE name = 'search_text'").get() !== undefined;
      db.exec(
        `INSERT INTO songs (id, title, artist, song_key, chordpro, ${hasText ? 'search_text, ' : ''}created_at, updated_at) VALUES ('0192f0c1-2345-7abc-8def-0123456789ab', 'Old', '', 'G', '{title: Old}{tag: kept}', ${hasText ? "'old title: old', " : ''}1, 1)`,
      );
      if (!hasText) db.exec(fillSongWordsSql);
      const hasTags = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'song_tags'").get() !== undefined;
      if (hasTags) db.exec("INSERT INTO song_tags (song_id, tag) SELECT id, 'kept' FROM songs");
      db.close();
      const core = await openTestCore({ dataDir });
      expect(await ask(core, 'library.list', {})).toMatchObject([{ title: 'Old', tags: ['kept'] }]);
      expect((await ask(core, 'library.search', { q: 'old' })).songs.map(({ title }) => title)).toEqual(['Old']);
      expect(await ask(core, 'app.recovery', {})).toBeNull();
      const copy = new Database(`${file}.before-${version + 1}`, { readonly: true });
      expect([copy.pragma('user_version', { simple: true }), copy.prepare('SELECT title FROM songs').pluck().all()]).toEqual([
        version,
        ['Old'],
      ]);
      copy.close();
    },
  );
});
