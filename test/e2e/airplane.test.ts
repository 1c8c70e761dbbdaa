import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { InputOf, OperationName, OutputOf } from '../../shared/api/operations.ts';
import { callApi } from '../support/api-client.ts';
import { startProgram } from '../support/app.ts';
import { comment, selectWord } from '../support/commenting.ts';
import { CuttableProxy } from '../support/cuttable-proxy.ts';
import { Rng } from '../support/fuzz/rng.ts';
import { Musician } from '../support/musician.ts';
import { seriousFinds } from '../support/serious-finds.ts';
import { expectDone } from '../support/server.ts';

const songFile = join(import.meta.dirname, '../fixtures/songs/Silent Night.cho');
/** `AIRPLANE=20` flies twenty times, from seed `AIRPLANE_FROM` on. */
const flights = Number(process.env['AIRPLANE'] ?? '1');
const firstSeed = Number(process.env['AIRPLANE_FROM'] ?? '1');
const seeds = Array.from({ length: flights }, (_, at) => firstSeed + at);

const ends: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

interface Passenger {
  person: Musician;
  wire: CuttableProxy;
  token: string;
}

let serverUrl = '';
let passengers: Passenger[] = [];
let path = '';

const emailOf = ({ name }: Musician): string => `${name.toLowerCase()}@example.org`;

async function request<N extends OperationName>(name: N, input: InputOf<N>, { token }: Passenger): Promise<OutputOf<N>> {
  return expectDone(await callApi(serverUrl, name, input, token));
}

/** Each has a wire of their own to the server, and no other way to the rest. */
async function board(name: string): Promise<Passenger> {
  const wire = await CuttableProxy.to(serverUrl);
  ends.push(() => wire.close());
  const person = await Musician.start(name, wire.url, false);
  ends.push(() => person.end());
  person.page.setDefaultTimeout(30_000);
  await person.createAccount();
  const { access_token: token } = expectDone(await callApi(serverUrl, 'login', { email: emailOf(person), password: 'violet-harbour-41' }));
  return { person, wire, token };
}

beforeAll(async () => {
  const directory = mkdtempSync(join(tmpdir(), 'chordme-airplane-'));
  ends.push(async () => rmSync(directory, { recursive: true, force: true }));
  const server = await startProgram('src-server/main.ts', [], {
    CHORDME_DATA_DIR: directory,
    CHORDME_PORT: '0',
    CHORDME_RATE_LIMITS: 'off',
    CHORDME_LOG_LEVEL: 'error',
  });
  ends.push(() => server.stop());
  serverUrl = server.url;
  passengers = await Promise.all(['Ann', 'Bob', 'Cy'].map(board));
  const [ann, ...others] = passengers.map(({ person }) => person);
  if (ann === undefined) throw new Error('Ann');
  await Promise.all(passengers.map(({ person }) => person.importSong(songFile)));
  await ann.page.getByText('Silent Night').first().waitFor();
  await ann.createSession('Friday rehearsal', 'Band Practice', 'Silent Night');
  const code = await ann.joinCode();
  await Promise.all(others.map((other) => other.join(code)));
  path = ann.sessionPath;
});

/** What one does above the clouds: writes, speaks, comments, makes a session and invites who sits beside. */
async function work({ person }: Passenger, seed: number, neighbour: Musician): Promise<void> {
  const { page, name } = person;
  await person.connected('Offline, all saved here');
  await person.placeCursor('All is calm');
  await page.keyboard.type(` w-${name}-${seed}`);
  await person.say(`m-${name}-${seed}`);
  await selectWord(person, 'Round');
  await person.button('Comment on the selected words').click();
  await comment(person, `c-${name}-${seed}`);
  await page
    .locator('.comment-card')
    .filter({ hasText: `c-${name}-${seed}` })
    .waitFor();
  await person.go('Sessions');
  await person.button('New session').first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(`s-${name}-${seed}`);
  await dialog.getByRole('combobox', { name: 'Song' }).selectOption({ label: 'Silent Night' });
  await dialog.getByRole('button', { name: 'Create session', exact: true }).click();
  await page.waitForURL(/\/sessions\/prepared\//);
  await person.field('Email address').fill(emailOf(neighbour));
  await person.button('Add').click();
  await page.getByRole('list', { name: 'Invitations' }).getByText(emailOf(neighbour)).waitFor();
}

/** In any order, one of them killed in the middle. */
async function land(rng: Rng): Promise<void> {
  const order = [...passengers];
  for (let at = order.length - 1; at > 0; at--) {
    const other = rng.int(at + 1);
    [order[at], order[other]] = [order[other], order[at]] as [Passenger, Passenger];
  }
  const victim = rng.pick(order);
  const isKilledAbove = rng.chance(0.3);
  if (isKilledAbove) await victim.person.restartApp();
  for (const passenger of order) {
    passenger.wire.mend();
    if (passenger === victim && !isKilledAbove) await victim.person.restartApp();
  }
}

const sorted = (texts: readonly string[]): string[] => [...texts].toSorted();

test.each(seeds)(
  'three without network write, speak, comment, make sessions and invite; all is there once (AIRPLANE_FROM=%i)',
  async (seed) => {
    const rng = new Rng(seed);
    await Promise.all(passengers.map(({ person }) => person.reopen(path)));
    for (const { wire } of passengers) wire.cut();
    await Promise.all(passengers.map((passenger, at) => work(passenger, seed, (passengers[(at + 1) % 3] ?? passenger).person)));
    if (seed === firstSeed) {
      const [{ person } = {} as Passenger] = passengers;
      expect(await seriousFinds(person.page)).toEqual([]);
      await person.page.getByRole('link', { name: 'Show what waits' }).click();
      await person.page.getByText(`Make the session “s-${person.name}-${seed}”`).waitFor();
      await person.page.getByText('The server is not in reach now.').waitFor();
      expect(await seriousFinds(person.page)).toEqual([]);
    }
    await land(rng);

    // Nobody does anything: the page says when all has gone.
    for (const { person } of passengers) {
      await person.page.goto(`${person.origin}/waiting`);
      await person.page.getByText('Nothing waits.').waitFor({ timeout: 60_000 });
    }
    const [first] = passengers;
    if (first === undefined) throw new Error('Ann');
    const id = path.split('/').at(-1) ?? '';
    const soFar = seeds.slice(0, seeds.indexOf(seed) + 1).flatMap((each) => passengers.map(({ person }) => `${person.name}-${each}`));
    const [song] = (await request('listDocuments', { id }, first)).items;
    const content = (await request('getDocument', { id, song_id: song?.song_id ?? '', format: 'chordpro' }, first)).content as string;
    expect(sorted([...content.matchAll(/w-(\w+-\d+)/g)].map(([, word = '']) => word))).toEqual(sorted(soFar));
    const said = (await request('listMessages', { id, limit: 100 }, first)).items.map(({ text }) => text);
    expect(sorted(said)).toEqual(sorted(soFar.map((each) => `m-${each}`)));
    const comments = (await request('listComments', { id }, first)).items.map((thread) => thread.first?.text ?? '');
    expect(sorted(comments)).toEqual(sorted(soFar.map((each) => `c-${each}`)));
    for (const [at, passenger] of passengers.entries()) {
      const before = passengers[(at + 2) % 3] ?? passenger;
      const mine = (await request('mySessions', { role: 'owner', limit: 100, q: 's-' }, passenger)).items;
      expect(sorted(mine.map(({ name }) => name))).toEqual(
        sorted(soFar.filter((each) => each.startsWith(passenger.person.name)).map((each) => `s-${each}`)),
      );
      for (const session of mine) expect(session.song?.title).toBe('Silent Night');
      const invited = (await request('myInvitations', { limit: 100 }, passenger)).items.map(({ session_name }) => session_name);
      expect(sorted(invited)).toEqual(sorted(soFar.filter((each) => each.startsWith(before.person.name)).map((each) => `s-${each}`)));
    }
    // And each window reads the same.
    await Promise.all(passengers.map(({ person }) => person.reopen(path)));
    for (const { person } of passengers) await expect.poll(() => person.text(), { timeout: 30_000 }).toBe(content);
  },
);
