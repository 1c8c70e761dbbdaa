import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { OperationName } from '../../../shared/api/operations.ts';
import { callApi } from '../../support/api-client.ts';
import { type RunningApp, startProgram } from '../../support/app.ts';
import { openHostilePage } from '../../support/hostile-page/open-hostile-page.ts';
import { placeOf } from '../../support/ledger-client.ts';
import { Musician } from '../../support/musician.ts';
import { expectDone, registerUser } from '../../support/server.ts';

const songFile = join(import.meta.dirname, '../../fixtures/songs/Silent Night.cho');

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

async function startServer(): Promise<RunningApp> {
  const dataDir = mkdtempSync(join(tmpdir(), 'chordme-attack-'));
  const server = await startProgram('src-server/main.ts', [], {
    CHORDME_DATA_DIR: dataDir,
    CHORDME_PORT: '0',
    CHORDME_RATE_LIMITS: 'off',
    CHORDME_LOG_LEVEL: 'error',
  });
  ends.push(async () => {
    await server.kill();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return server;
}

async function musician(name: string, serverUrl: string): Promise<Musician> {
  const person = await Musician.start(name, serverUrl);
  ends.push(() => person.end());
  await person.createAccount();
  return person;
}

/** Eve's browser: the product's modules with their checks removed, and every REST call made for her. */
async function openEve(serverUrl: string, code: string) {
  const eve = await registerUser(serverUrl, 'Eve');
  const session = expectDone(await callApi(serverUrl, 'joinByCode', { code }, eve.token));
  expect(session.role).toBe('viewer');
  const changed = await openHostilePage();
  const { page } = changed;
  ends.push(() => changed.close());
  await page.exposeFunction('askServer', async (operation: OperationName, input: never) =>
    expectDone(await callApi(serverUrl, operation, input, eve.token)),
  );
  const state = {
    version: '0.1.0',
    platform: 'web' as const,
    server: {
      url: serverUrl,
      is_embedded: false,
      is_reachable: true,
      description: null,
      authority_key: Buffer.from((await placeOf(serverUrl)).authority.raw).toString('hex'),
    },
    account: eve.credentials.user,
  };
  await page.evaluate((place) => window.hostile.open(place), { state, sessionId: session.id, token: eve.token });
  return page;
}

test('[R-ENT-1] a viewer’s app with its checks removed writes over the mesh and the socket: no other screen changes', async () => {
  const server = await startServer();
  const [ann, bob] = await Promise.all([musician('Ann', server.url), musician('Bob', server.url)]);
  await ann.importSong(songFile);
  await ann.page.getByText('Silent Night').first().waitFor();
  await ann.createSession('Lesson', 'Music Lesson', 'Silent Night');
  const code = await ann.joinCode();
  await bob.join(code);
  const eve = await openEve(server.url, code);
  await eve.waitForFunction(
    () => window.hostile.links().others === 2 && window.hostile.links().isServerReachable && window.hostile.songs().length === 1,
  );
  for (const person of [ann, bob]) await person.connected('Live with 2 others');
  const before = await ann.text();
  expect(before).toContain('Silent night');

  const songId = await eve.evaluate(() => window.hostile.songs()[0] ?? '');
  const marks: string[] = [];
  const sing = async (mark: string): Promise<void> => {
    marks.unshift(mark);
    await ann.source.click();
    await ann.page.keyboard.press('Control+Home');
    await ann.page.keyboard.type(mark);
    await expect.poll(() => bob.text(), { timeout: 30_000 }).toContain(mark);
  };
  const isUnharmed = async (): Promise<void> => {
    for (const person of [ann, bob]) {
      expect(await person.text()).toBe(marks.join('') + before);
      expect(await person.page.getByText('GRAFFITI').count()).toBe(0);
      expect(await person.page.getByRole('log', { name: 'Chat' }).textContent()).not.toContain('GRAFFITI');
    }
  };

  await eve.evaluate((id) => window.hostile.deface(id), songId);
  expect(await eve.evaluate((id) => window.hostile.text(id), songId)).toContain('GRAFFITI');
  await sing('{comment: one}');
  await isUnharmed();

  // Without the authority there is nobody but the peers to say no.
  await server.kill();
  for (const person of [ann, bob])
    await expect.poll(() => person.connection.textContent(), { timeout: 30_000 }).not.toBe('Live with 2 others');
  await eve.evaluate((id) => window.hostile.deface(id), songId);
  await sing('{comment: two}');
  await isUnharmed();
});
