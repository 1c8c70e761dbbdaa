import BetterSqlite3 from 'better-sqlite3';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parseRecord, verdicts } from '../../../shared/ledger/record.ts';
import { createSqlLedgerStore } from '../../../shared/ledger/sql-ledger-store.ts';
import { databaseFile } from '../../../src-server/data-files.ts';
import { converged, type LedgerClient, placeOf, until } from '../../support/ledger-client.ts';
import { LedgerSession } from '../../support/ledger-session.ts';
import { type ServerProcess, startServerProcess } from '../../support/server-process.ts';
import { testDirectory } from '../../support/test-core.ts';

const rounds = 4;
/** Records each client sees before the process is killed in the middle of the load. */
const recordsARound = 150;

/** Hashes of what counts, as another program reads them from the authority's disk. */
function numberedOn(path: string, sessionId: string): Set<string> {
  const db = new BetterSqlite3(path, { readonly: true });
  try {
    const records = createSqlLedgerStore(db)
      .readRecords(sessionId, 0, Number.MAX_SAFE_INTEGER)
      .records.map((bytes) => parseRecord(bytes));
    return new Set(records.flatMap((record) => (record?.verdict === verdicts.ok ? record.hash : [])));
  } finally {
    db.close();
  }
}

/** Writes until told to stop, in turns with everybody else in this process. */
async function writeAlways(client: LedgerClient, isOver: () => boolean): Promise<void> {
  for (let at = 0; !isOver(); at++) {
    client.type((at * 13) % (client.text.length + 1), `${client.person.name[0]}${at} `);
    if (at % 5 === 0) await client.say(`${client.person.name} ${at}`);
    await client.author.flush();
  }
}

test(
  '[R-AUT-2] the authority is killed again and again under load: no entry that had its record is missing',
  { timeout: 120_000 },
  async () => {
    const dataDir = testDirectory();
    let server: ServerProcess | null = null;
    onTestFinished(async () => {
      await server?.kill();
    });
    const start = async (port: string): Promise<ServerProcess> =>
      startServerProcess({ CHORDME_PORT: port, CHORDME_DATA_DIR: dataDir, CHORDME_RATE_LIMITS: 'off', CHORDME_LOG_LEVEL: 'warn' });
    server = await start('0');
    const { port } = new URL(server.url);
    const session = await LedgerSession.open(server.url, { chordpro: 'Stille Nacht\n' });
    const clients = await Promise.all(
      [session.owner, await session.join('Ben'), await session.join('Cleo')].map((person) => session.online(person)),
    );

    for (let round = 1; round <= rounds; round++) {
      let isOver = false;
      const writing = clients.map((client) => writeAlways(client, () => isOver));
      const seenBefore = clients.map((client) => client.records.length);
      await until(() => clients.every((client, at) => client.records.length > (seenBefore[at] ?? 0) + recordsARound), 'records under load');
      await server.kill();
      isOver = true;
      await Promise.all(writing);
      await until(() => clients.every((client) => !client.isLinked), 'all have lost it');
      // One who was never there asks the authority alone, before any of those who could tell it again.
      server = await start(port);
      const fresh = await session.online(await session.join(`Dan ${round}`));
      const seen = new Map(clients.flatMap((client) => client.records.map((record) => [record.n, record.hash] as const)));
      await until(() => fresh.ledger.n >= Math.max(...seen.keys()), 'the authority has all that had a record');
      for (const { record } of fresh.ledger.records) {
        const hash = seen.get(record.n);
        if (hash !== undefined) expect(record.hash, `record ${record.n}`).toBe(hash);
      }
      await fresh.close();
      for (const client of clients) await client.online();
      await converged(clients);
      expect(clients.flatMap((client) => client.failures)).toEqual([]);
    }
    const late = await session.online(await session.join('Eve'));
    await converged([...clients, late]);
    // The chain is over every record that anybody saw; who comes late begins at a checkpoint and stands at the same one. So did
    // perhaps all who were linked when the process died: what each entry has is asked of its own disk.
    const onDisk = numberedOn(join(dataDir, databaseFile), session.id);
    for (const client of clients) {
      expect(client.ledger.chain).toEqual(late.ledger.chain);
      const own = client.records.map(({ hash }) => hash);
      expect(new Set(own).size).toBe(own.length);
      for (const entry of client.made) expect(onDisk.has(entry.hash), `${client.person.name} ${entry.seq}`).toBe(true);
    }
    expect(await placeOf(server.url)).toMatchObject({ authority: { raw: session.place.authority.raw } });
  },
);
