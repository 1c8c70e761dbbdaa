import type { Timers } from '../../shared/base/clock.ts';
import { expect, onTestFinished, test } from 'vitest';
import type { InputOf, OperationName, OutputOf } from '../../shared/api/operations.ts';
import type { OutboxContent, SessionPlan, WaitingOperation } from '../../shared/ipc/outbox.ts';
import { builtInTemplates } from '../../shared/session/templates.ts';
import type { CoreParts } from '../../src-main/core/create-core.ts';
import { systemClock, systemTimers } from '../../src-main/core/system.ts';
import { ask, refusal } from '../support/ask.ts';
import { startAuthority } from '../support/authority.ts';
import { CuttableProxy } from '../support/cuttable-proxy.ts';
import { openTestCore, type TestCore } from '../support/test-core.ts';

const { id: _id, is_built_in: _builtIn, ...templateValues } = builtInTemplates[0] as (typeof builtInTemplates)[number];
const password = 'silent night holy night';

type Requestable = Exclude<OperationName, 'register' | 'guest' | 'login' | 'refresh' | 'logout'>;
async function request<N extends Requestable>(core: TestCore, operation: N, input: InputOf<N>): Promise<OutputOf<N>> {
  return (await ask(core, 'authority.request', { operation, input })) as OutputOf<N>;
}

async function send<N extends WaitingOperation>(core: TestCore, operation: N, input: InputOf<N>): Promise<string> {
  return (await ask(core, 'outbox.send', { operation, input, about: '' })).state;
}

const items = async (core: TestCore): Promise<OutboxContent['items']> => (await ask(core, 'outbox.list', {})).items;
const isReachable = async (core: TestCore): Promise<boolean | undefined> => (await ask(core, 'app.state', {})).server?.is_reachable;

function planOf(plan: Partial<SessionPlan>): SessionPlan {
  return { name: 'Cellar', template_id: 'band-practice', access_mode: 'link-access', song_ids: [], invitations: [], ...plan };
}

/** A server, and wires to it that can be pulled out. */
async function serverWithWires(): Promise<{ url: string; wire: () => Promise<CuttableProxy> }> {
  const { url } = await startAuthority(systemClock);
  const wire = async (): Promise<CuttableProxy> => {
    const proxy = await CuttableProxy.to(url);
    onTestFinished(() => proxy.close());
    return proxy;
  };
  return { url, wire };
}

/** As the system's, in quick motion: it looks often whether the server is there. */
const timers: Timers = {
  after: (ms, run) => systemTimers.after(ms / 20, run),
  every: (ms, run) => systemTimers.every(ms / 20, run),
};
const openCore = (parts: Partial<CoreParts>): Promise<TestCore> => openTestCore({ timers, ...parts });

async function signedIn(name: string, serverUrl: string, parts: Partial<CoreParts> = {}): Promise<TestCore> {
  const core = await openCore({ serverUrl, ...parts });
  await ask(core, 'account.register', { email: `${name}@example.org`, name, password });
  return core;
}

/** Makes it notice that nobody is there. */
async function cutOff(core: TestCore, proxy: CuttableProxy): Promise<void> {
  proxy.cut();
  await refusal(core, 'authority.request', { operation: 'mySessions', input: {} });
  await expect.poll(() => isReachable(core)).toBe(false);
}

test('what is done without the server is kept over a restart, and done once, in order, when it is there', async () => {
  const { url, wire } = await serverWithWires();
  const proxy = await wire();
  const ann = await signedIn('ann', proxy.url);
  const bob = await signedIn('bob', url);
  const session = await request(ann, 'createSession', { name: 'Tuesday' });
  await request(bob, 'joinByCode', { code: session.join_code ?? '' });
  const { account } = await ask(bob, 'app.state', {});
  const songs = await Promise.all(
    ['One', 'Two', 'Three'].map((title) => ask(ann, 'library.create', { chordpro: `{title: ${title}}\n[C]la` })),
  );
  await cutOff(ann, proxy);

  const of = { id: session.id };
  expect(await send(ann, 'updateSession', { ...of, name: 'Wednesday' })).toBe('waiting');
  expect(await send(ann, 'changeRole', { ...of, user_id: account?.id ?? '', role: 'viewer' })).toBe('waiting');
  expect(await send(ann, 'updateSession', { ...of, name: 'Thursday' })).toBe('waiting');
  expect(await send(ann, 'createTemplate', { ...templateValues, name: 'Quartet', is_shared: false })).toBe('waiting');
  const [one, two, three] = songs.map(({ id }) => id);
  const plan = planOf({ song_ids: [one ?? '', two ?? '', three ?? ''], invitations: [{ email: 'bob@example.org', role: 'editor' }] });
  expect((await ask(ann, 'outbox.prepare', { plan })).state).toBe('waiting');
  // Edited after it was chosen: it goes in as it reads then. And one is gone from the library.
  await ask(ann, 'library.save', { id: two ?? '', chordpro: '{title: Two}\n[C]la la' });
  await ask(ann, 'library.remove', { id: three ?? '' });
  await ann.close();

  const again = await openCore({ serverUrl: proxy.url, dataDir: ann.dataDir });
  expect((await items(again)).map((item) => (item.kind === 'request' ? item.operation : item.plan.name))).toEqual([
    'updateSession',
    'changeRole',
    'updateSession',
    'createTemplate',
    'Cellar',
  ]);
  const made: string[] = [];
  again.on((name, event) => {
    if (name === 'outbox.session_made') made.push((event as { session_id: string }).session_id);
  });
  proxy.mend();
  await expect.poll(() => items(again), { timeout: 20_000 }).toEqual([]);
  expect((await request(again, 'getSession', of)).name).toBe('Thursday');
  const people = (await request(again, 'listParticipants', of)).items;
  expect(people.find(({ user_id }) => user_id === account?.id)?.role).toBe('viewer');
  expect((await request(again, 'listTemplates', {})).items.filter(({ is_mine }) => is_mine)).toHaveLength(1);
  const mine = (await request(again, 'mySessions', {})).items;
  expect(mine.map(({ name }) => name).toSorted()).toEqual(['Cellar', 'Thursday']);
  expect(made).toEqual([mine.find(({ name }) => name === 'Cellar')?.id]);
  const documents = (await request(again, 'listDocuments', { id: made[0] ?? '' })).items;
  expect(documents.map(({ title }) => title)).toEqual(['One', 'Two']);
  const second = await request(again, 'getDocument', { id: made[0] ?? '', song_id: two ?? '', format: 'chordpro' });
  expect(second.content).toContain('la la');
  expect((await request(bob, 'myInvitations', {})).items.map(({ session_name }) => session_name)).toEqual(['Cellar']);
});

test('answers that get lost make nothing happen twice', async () => {
  const { url } = await startAuthority(systemClock);
  let isDeaf = false;
  // The server hears it and does it; its answer does not arrive.
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const answer = await globalThis.fetch(input, init);
    if (!isDeaf || init?.method === 'GET') return answer;
    throw new TypeError('cut');
  };
  const ann = await signedIn('ann', url, { fetch });
  isDeaf = true;
  const song = await ask(ann, 'library.create', { chordpro: '{title: One}\n[C]la' });
  const prepared = await ask(ann, 'outbox.prepare', { plan: planOf({ song_ids: [song.id] }) });
  expect(await send(ann, 'createTemplate', { ...templateValues, name: 'Quartet', is_shared: false })).toBe('waiting');
  if (prepared.state !== 'waiting') throw new Error('it waits');
  expect(await items(ann)).toMatchObject([{ is_sent: true }, {}]);
  // What was sent may be there already: another plan would be another session. Who is invited is sent after it.
  expect(await refusal(ann, 'outbox.change', { id: prepared.id, plan: planOf({ name: 'Attic' }) })).toBe('wrong-status');
  const invitations = [{ email: 'bob@example.org', role: 'editor' as const }];
  await ask(ann, 'outbox.change', { id: prepared.id, plan: planOf({ song_ids: [song.id], invitations }) });
  await ann.close();

  isDeaf = false;
  const again = await openCore({ serverUrl: url, dataDir: ann.dataDir, fetch });
  await expect.poll(() => items(again), { timeout: 20_000 }).toEqual([]);
  const [session, ...more] = (await request(again, 'mySessions', {})).items;
  expect(more).toEqual([]);
  expect((await request(again, 'listInvitations', { id: session?.id ?? '' })).items.map(({ email }) => email)).toEqual(['bob@example.org']);
  expect((await request(again, 'listTemplates', {})).items.filter(({ is_mine }) => is_mine)).toHaveLength(1);
});

test('what the server refuses later stays with its reason, holds nothing else up, and is changed, tried again or taken away', async () => {
  const { url, wire } = await serverWithWires();
  const proxy = await wire();
  const ann = await signedIn('ann', proxy.url);
  const session = await request(ann, 'createSession', { name: 'Tuesday' });
  const template = await request(ann, 'createTemplate', { ...templateValues, name: 'Quartet' });
  await cutOff(ann, proxy);
  await ask(ann, 'outbox.prepare', { plan: planOf({ template_id: template.id }) });
  const users = [
    { email: 'ann@example.org', role: 'viewer' as const },
    { email: 'cy@example.org', role: 'viewer' as const },
  ];
  await send(ann, 'invite', { id: session.id, users });
  await send(ann, 'updateSession', { id: session.id, name: 'Wednesday' });
  // On another of her computers, meanwhile.
  const other = await openCore({ serverUrl: url });
  await ask(other, 'account.sign_in', { email: 'ann@example.org', password });
  await request(other, 'deleteTemplate', { id: template.id });
  proxy.mend();
  await expect
    .poll(async () => (await items(ann)).map(({ refusal: no }) => no?.code), { timeout: 20_000 })
    .toEqual(['unprocessable', 'already-participant']);
  expect((await request(ann, 'getSession', { id: session.id })).name).toBe('Wednesday');
  const [planned, invitation] = await items(ann);
  if (planned === undefined || invitation === undefined) throw new Error('two are refused');
  // Who could be invited is; what is left is about the other.
  expect((await request(ann, 'listInvitations', { id: session.id })).items.map(({ email }) => email)).toEqual(['cy@example.org']);
  expect(invitation.refusal?.detail).toMatch(/^ann@example\.org: /);
  await ask(ann, 'outbox.again', { id: invitation.id });
  await expect.poll(async () => (await items(ann))[1]?.refusal?.code).toBe('already-participant');
  await ask(ann, 'outbox.drop', { id: invitation.id });
  await ask(ann, 'outbox.change', { id: planned.id, plan: planOf({ name: 'Attic' }) });
  await expect.poll(() => items(ann)).toEqual([]);
  expect((await request(ann, 'mySessions', {})).items.map(({ name }) => name).toSorted()).toEqual(['Attic', 'Wednesday']);
});

test('what waits for one person is not sent by another who signs in at this computer, and goes with its account', async () => {
  const { wire } = await serverWithWires();
  const proxy = await wire();
  const ann = await signedIn('ann', proxy.url);
  await cutOff(ann, proxy);
  await ask(ann, 'outbox.prepare', { plan: planOf({}) });
  await ask(ann, 'account.sign_out', {});
  proxy.mend();
  await expect.poll(() => isReachable(ann), { timeout: 20_000 }).toBe(true);
  await ask(ann, 'account.register', { email: 'bob@example.org', name: 'Bob', password });
  expect(await ask(ann, 'outbox.list', {})).toMatchObject({ items: [], elsewhere_count: 1 });
  expect((await request(ann, 'mySessions', {})).items).toEqual([]);
  await ask(ann, 'account.sign_out', {});
  await ask(ann, 'account.sign_in', { email: 'ann@example.org', password });
  await expect.poll(() => items(ann)).toEqual([]);
  expect((await request(ann, 'mySessions', {})).items).toHaveLength(1);
});
