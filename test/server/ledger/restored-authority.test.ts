import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Session } from '../../../shared/session/schemas.ts';
import { raiseGenerationCommand } from '../../../src-server/commands/raise-generation.ts';
import { ConfigFault } from '../../../src-server/config.ts';
import { callApi } from '../../support/api-client.ts';
import { shortenCheckpoints } from '../../support/fuzz/short-limits.ts';
import { converged, LedgerClient, ledgerPerson, placeOf, settled, until, type LedgerPerson } from '../../support/ledger-client.ts';
import { testSongId } from '../../support/ledger-session.ts';
import { createSession, expectDone, startTestServer, type TestServer } from '../../support/server.ts';

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'chordme-restored-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

interface Scene {
  server: TestServer;
  session: Session;
  ann: LedgerClient;
  bob: LedgerClient;
  dataDir: string;
  /** The folder as it was in the middle. */
  backup: string;
}

async function enter(server: TestServer, person: LedgerPerson, session: Session): Promise<LedgerClient> {
  const client = new LedgerClient(await placeOf(server.url), person, session.id, testSongId);
  onTestFinished(() => client.close());
  await client.online();
  return client;
}

/** Ann wrote before the backup was made and after it; Bob was there before only. */
async function rehearse(): Promise<Scene> {
  const dataDir = directory();
  let server = await startTestServer({ dataDir });
  const people = [await ledgerPerson(server.url, 'Ann'), await ledgerPerson(server.url, 'Bob')] as const;
  const session = await createSession(server.url, people[0].user);
  expectDone(await callApi(server.url, 'joinByCode', { code: session.join_code }, people[1].user.token));
  const [ann, bob] = [await enter(server, people[0], session), await enter(server, people[1], session)];
  expectDone(await callApi(server.url, 'changeRole', { id: session.id, user_id: people[1].user.id, role: 'editor' }, people[0].user.token));
  ann.type(0, 'Let it be');
  await ann.say('before');
  await converged([ann, bob]);
  await bob.offline();
  await server.close();
  const backup = directory();
  cpSync(dataDir, backup, { recursive: true });

  server = await startTestServer({ dataDir });
  await ann.online(await placeOf(server.url));
  const { epoch } = ann.ledger.statement?.claims ?? { epoch: 0 };
  expectDone(await callApi(server.url, 'pauseSession', { id: session.id }, ann.person.user.token));
  expectDone(await callApi(server.url, 'resumeSession', { id: session.id }, ann.person.user.token));
  await until(() => (ann.ledger.statement?.claims.epoch ?? 0) > epoch, 'a later epoch');
  ann.type(9, ', after');
  await ann.say('after');
  await settled(ann);
  await ann.offline();
  await server.close();
  return { server, session, ann, bob, dataDir, backup };
}

const chatOf = ({ ledger }: LedgerClient): string[] =>
  [...ledger.fold.chat.values()].flatMap(({ words }) => (words.type === 'message' ? words.text : []));

test('[R-AUT-5] [R-MEM-2] an authority behind its own head takes what is missing from apps first, and numbers above its own statements', async () => {
  const { ann, bob, backup } = await rehearse();
  const { n, chain } = ann.ledger;
  const shown = ann.ledger.statement?.claims.epoch ?? 0;
  const server = await startTestServer({ dataDir: backup });
  onTestFinished(() => server.close());
  bob.type(0, 'Bob offline. ');
  await ann.online(await placeOf(server.url));
  await bob.online(await placeOf(server.url));
  await converged([ann, bob]);
  expect(ann.ledger.n).toBeGreaterThan(n);
  expect(ann.ledger.log.chainAt(n)).toEqual(chain);
  expect(ann.content).toContain(', after');
  expect(ann.content).toContain('Bob offline. ');
  expect([chatOf(bob), ann.conflicts, bob.conflicts, ann.ledger.generation]).toEqual([['before', 'after'], [], [], 1]);
  await until(() => (bob.ledger.statement?.claims.epoch ?? 0) > shown, 'a statement above the one that was shown');
});

test('[R-AUT-5] where it went on already, apps keep their history and say so, until the generation is raised: then nothing is lost', async () => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
  onTestFinished(() => void vi.restoreAllMocks());
  const { ann, bob, backup, session } = await rehearse();
  const environment = { CHORDME_DATA_DIR: backup };
  let server = await startTestServer({ dataDir: backup });
  await bob.online(await placeOf(server.url));
  const before = bob.ledger.n;
  bob.type(0, 'Bob went on. ');
  await until(() => bob.isSettled && bob.ledger.n > before, 'the other history');
  const { n, chain } = ann.ledger;
  await ann.online(await placeOf(server.url));
  await until(() => ann.conflicts.length > 0, 'the conflict');
  expect([ann.ledger.n, ann.ledger.chain]).toEqual([n, chain]);
  expect(ann.strikes).toBe(0);
  await expect(raiseGenerationCommand.run([session.id], environment)).rejects.toThrow('is running');
  await ann.offline();
  await bob.offline();
  await server.close();

  for (const args of [[], ['x'], [session.id, 'x'], ['0198f000-0000-7000-8000-000000000001']])
    await expect(raiseGenerationCommand.run(args, environment)).rejects.toThrow(ConfigFault);
  await raiseGenerationCommand.run([session.id], environment);
  server = await startTestServer({ dataDir: backup });
  onTestFinished(() => server.close());
  await ann.online(await placeOf(server.url));
  await bob.online(await placeOf(server.url));
  await until(() => ann.ledger.generation === 2 && bob.ledger.generation === 2, 'the next generation');
  await converged([ann, bob]);
  for (const words of ['Bob went on. ', 'Let it be', ', after']) expect(bob.content).toContain(words);
  expect(chatOf(bob).toSorted()).toEqual(['after', 'before']);
  expect([ann.strikes, bob.strikes]).toEqual([0, 0]);
});

test('[R-AUT-5] [R-AUT-3] an app that holds a checkpoint only gives a restored authority all that it lacks', async () => {
  onTestFinished(shortenCheckpoints());
  const { ann, bob, backup, dataDir } = await rehearse();
  let server = await startTestServer({ dataDir });
  await ann.online(await placeOf(server.url));
  for (let at = 0; at < 12; at++) {
    ann.type(0, `${at} `);
    await ann.author.flush();
  }
  await settled(ann);
  await ann.offline();
  await bob.online(await placeOf(server.url));
  await until(
    () => bob.ledger.chain.every((byte, at) => byte === ann.ledger.chain[at]) && bob.ledger.fold.chat.size === 2,
    'Bob caught up',
  );
  await bob.offline();
  await server.close();
  const { n, chain } = bob.ledger;
  expect(bob.ledger.base?.head.n).toBeGreaterThan(8);

  server = await startTestServer({ dataDir: backup });
  await bob.online(await placeOf(server.url));
  bob.type(0, 'On it goes. ');
  await until(() => bob.isSettled && bob.ledger.n > n, 'a number above all that was there');
  expect(bob.ledger.log.chainAt(n)).toEqual(chain);
  await bob.offline();
  await server.close();
  // It is on its disk, and who asks it alone has it all.
  server = await startTestServer({ dataDir: backup });
  onTestFinished(() => server.close());
  await ann.online(await placeOf(server.url));
  await bob.online(await placeOf(server.url));
  await converged([ann, bob]);
  expect(ann.content).toContain('On it goes. 11 10 9');
  expect([chatOf(ann), chatOf(bob), ann.conflicts, bob.conflicts]).toEqual([['before', 'after'], ['before', 'after'], [], []]);
});
