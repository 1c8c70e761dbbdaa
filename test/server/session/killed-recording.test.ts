import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { databaseFile } from '../../../src-server/data-files.ts';
import { callApi } from '../../support/api-client.ts';
import { settled, until } from '../../support/ledger-client.ts';
import { LedgerSession } from '../../support/ledger-session.ts';
import { expectDone } from '../../support/server.ts';
import { type ServerProcess, startServerProcess } from '../../support/server-process.ts';
import { testDirectory } from '../../support/test-core.ts';

/** Fifty are a quarter of an hour. */
const rounds = Number(process.env['KILL_RECORDING'] ?? 1);

test(
  'the authority is killed while it records: every finished chunk is there, the recording plays and says that it was cut off',
  { timeout: 120_000 * rounds },
  async () => {
    const dataDir = testDirectory();
    const servers: ServerProcess[] = [];
    onTestFinished(async () => {
      await servers.at(-1)?.kill();
    });
    const run = async (port: string): Promise<string> => {
      const environment = { CHORDME_PORT: port, CHORDME_DATA_DIR: dataDir, CHORDME_RATE_LIMITS: 'off', CHORDME_LOG_LEVEL: 'warn' };
      const started = await startServerProcess(environment);
      servers.push(started);
      return started.url;
    };
    const url = await run('0');
    const session = await LedgerSession.open(url, { template: 'jam-session' });
    const { id, owner } = session;
    const { token } = owner.user;
    const beside = new BetterSqlite3(join(dataDir, databaseFile), { readonly: true });
    onTestFinished(() => void beside.close());
    const chunks = beside.prepare<[string], number>('SELECT count(*) FROM recording_chunks WHERE recording_id = ?').pluck();
    const written = beside.prepare<[string], number>('SELECT event_count FROM recordings WHERE id = ?').pluck();

    for (let round = 0; round < rounds; round++) {
      const client = session.window(owner);
      await client.online();
      const { recording_id } = expectDone(await callApi(url, 'startRecording', { id }, token));
      await client.say(`round ${round}`);
      await settled(client);
      await until(() => (chunks.get(recording_id) ?? 0) > 0, 'a finished chunk');
      // In the open chunk: it may be lost, the message itself is not.
      await client.say('after the chunk');
      await settled(client);
      const [count, events] = [chunks.get(recording_id), written.get(recording_id) ?? 0];
      await servers.at(-1)?.kill();
      await client.close();
      await run(new URL(url).port);
      expect(chunks.get(recording_id)).toBe(count);
      expect(expectDone(await callApi(url, 'recordingStatus', { id }, token)).is_recording).toBe(false);
      const row = expectDone(await callApi(url, 'getRecording', { id, recording_id }, token));
      expect(row).toMatchObject({ status: 'interrupted', event_count: events, ended_because: null });
      const { items } = expectDone(await callApi(url, 'recordingEvents', { id, recording_id }, token));
      expect(items).toHaveLength(events);
      expect(items.map(({ data }) => data['text'])).toContain(`round ${round}`);
    }
  },
);
