import { AsyncLocalStorage } from 'node:async_hooks';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import type { Operation } from '../../../shared/api/operation.ts';
import { type InputOf, type OperationName, operations } from '../../../shared/api/operations.ts';
import { callApi, type Reply, requestOf } from '../../support/api-client.ts';
import { calls, type Scene } from './calls.ts';
import { type Lesson, School } from './lessons.ts';
import { type Actor, actors, expectedOf, groupOf, yesOf } from './table.ts';

let school: School;
/** Nothing is ever done to these two: whoever may do something gets a lesson of their own. */
let lesson: Lesson;
let wideLesson: Lesson;
let others: Lesson;
let beside: BetterSqlite3.Database;
beforeAll(async () => {
  school = await School.open();
  [lesson, wideLesson, others] = [await school.lesson(), await school.lesson({ isWide: true }), await school.lesson({ owner: 'other' })];
  beside = new BetterSqlite3(`${school.server.config.data_dir}/chordme.db`, { readonly: true });
});
afterAll(async () => {
  beside.close();
  await school.close();
});

const names = Object.keys(operations) as OperationName[];
const nowhere = '01900000-0000-7000-8000-ffffffffffff';

async function ask(name: OperationName, at: Scene, change: Record<string, unknown> = {}): Promise<Reply<unknown>> {
  const input = { ...(await calls[name].input(at)), ...change } as InputOf<OperationName>;
  return callApi(school.server.url, name, input, school.tokenOf(at.actor));
}

const ofLessons = [
  'sessions',
  'participants',
  'session_devices',
  'join_links',
  'invitations',
  'activities',
  'ledger_records',
  'recordings',
  'recording_left_out',
];
const ofAll = ['users', 'devices', 'templates', 'server_settings'];
const rows = (table: string) => beside.prepare<[], unknown[]>(`SELECT * FROM ${table}`).raw().all();
const text = (table: string) => (row: unknown[]) => `${table} ${JSON.stringify(row)}`;
/** All that a refused call could have changed; lessons that something was done to before may still be tidied up behind it. */
function everything(): string[] {
  const kept = new Set([lesson, wideLesson, others].map(({ session }) => session.id));
  return [
    ...ofAll.flatMap((table) => rows(table).map(text(table))),
    ...ofLessons.flatMap((table) =>
      rows(table)
        .filter((row) => row.some((value) => kept.has(String(value))))
        .map(text(table)),
    ),
  ];
}

/** Operations that leave what they are about as it was, or are about nobody's lesson. */
function isHarmless(name: OperationName): boolean {
  const row: Operation = operations[name];
  return (
    row.method === 'GET' ||
    name === 'joinSession' ||
    (['open', 'signed_in', 'admin', 'own_end'].includes(groupOf[name]) && name !== 'guest')
  );
}

const of = (actor: Actor) => (actor === 'manager' ? wideLesson : lesson);

test('each operation has a line', () => {
  expect(Object.keys(groupOf).toSorted()).toEqual(names.toSorted());
});

test.each(names)('%s: everybody gets what the table says, and who is refused changes nothing', async (name) => {
  const refused = actors.filter((actor) => expectedOf(name, actor) !== 'yes');
  const before = everything();
  const answers: [Actor, number][] = [];
  for (const actor of refused) {
    const reply = await ask(name, { school, lesson: of(actor), actor });
    answers.push([actor, reply.status]);
    expect(reply.problem?.status).toBe(reply.status);
  }
  expect(answers).toEqual(refused.map((actor) => [actor, expectedOf(name, actor)]));
  expect(everything()).toEqual(before);

  const welcome = actors.filter((actor) => !refused.includes(actor));
  const done: [Actor, number][] = [];
  for (const actor of welcome) {
    const at = { school, lesson: of(actor), actor };
    if (!isHarmless(name)) at.lesson = await school.lesson({ isWide: actor === 'manager' });
    await calls[name].prepare?.(at);
    done.push([actor, (await ask(name, at)).status]);
    await calls[name].after?.(at);
  }
  expect(done).toEqual(welcome.map((actor) => [actor, yesOf[name] ?? operations[name].status]));
});

/** Set while one request is worked on: what other work asks the database meanwhile is not of it. */
const asking = new AsyncLocalStorage<string[]>();

/** Notes what the database is asked for each request, in its order, until the test is over. */
function noteQuestions(): void {
  const statement = Object.getPrototypeOf(beside.prepare('SELECT 1')) as BetterSqlite3.Statement;
  for (const method of ['get', 'all', 'run'] as const) {
    const original = statement[method] as (...parameters: unknown[]) => never;
    const spy = vi.spyOn(statement, method).mockImplementation(function (this: BetterSqlite3.Statement, ...parameters: unknown[]) {
      asking.getStore()?.push(this.source);
      return original.apply(this, parameters);
    });
    onTestFinished(() => spy.mockRestore());
  }
}

/** The problem that one gets, and what the database was asked for it. */
async function refusal(name: OperationName, at: Scene, change: Record<string, unknown>): Promise<{ problem: object; questions: string[] }> {
  const input = { ...(await calls[name].input(at)), ...change };
  const { method, path, body } = requestOf(name, input);
  const headers = {
    authorization: `Bearer ${school.tokenOf(at.actor)}`,
    ...(body !== undefined && { 'content-type': 'application/json' }),
  };
  const questions: string[] = [];
  // Awaited within: only then is it asked.
  const reply = await asking.run(
    questions,
    async () =>
      await school.server.app.fastify.inject({ method: method as 'GET', url: path, headers, ...(body !== undefined && { payload: body }) }),
  );
  return { problem: { ...reply.json<object>(), request_id: '' }, questions };
}

const hidden = names.filter(
  (name) => ['of_invited', 'of_owner'].includes(groupOf[name]) || operations[name].gate === 'participant' || name === 'joinSession',
);
test.each(hidden)('%s: who is not in the session gets one answer by one way, whether it is there or not', async (name) => {
  noteQuestions();
  for (const actor of ['stranger', 'invited', 'removed', 'banned', 'admin', 'other'] as const) {
    if (expectedOf(name, actor) === 'yes') continue;
    const [key = ''] = /:\w+/.exec(operations[name].path) ?? [];
    const at = { school, lesson, actor };
    const there = await refusal(name, at, {});
    const nowhereElse = await refusal(name, at, { [key.slice(1)]: key === ':device_id' ? 'ab'.repeat(16) : nowhere });
    const body = { type: 'about:blank', title: 'Nothing here.', status: 404, code: 'not-found', detail: 'Nothing here.', request_id: '' };
    expect(there.problem).toEqual(body);
    expect(there.questions).not.toEqual([]);
    expect(nowhereElse, actor).toEqual(there);
  }
});

/** Operations that name something in a session. */
const inner = {
  transferSession: { user_id: nowhere },
  changeRole: { user_id: nowhere },
  removeParticipant: { user_id: nowhere },
  banParticipant: { user_id: nowhere },
  unbanParticipant: { user_id: nowhere },
  revokeInvitation: { invitation_id: nowhere },
  revokeLink: { link_id: nowhere },
  getDocument: { song_id: nowhere },
  replaceDocument: { song_id: nowhere },
  removeDocument: { song_id: nowhere },
  getRecording: { recording_id: nowhere },
  recordingEvents: { recording_id: nowhere },
  recordingLedger: { recording_id: nowhere },
  exportRecording: { recording_id: nowhere },
  deleteRecording: { recording_id: nowhere },
  changeComment: { comment_id: 'f'.repeat(64) },
  deleteComment: { comment_id: 'f'.repeat(64) },
  addComment: { anchor: { song_id: nowhere, start: 0, end: 6 } },
  sendMessage: { reply_to: 'f'.repeat(64) },
} satisfies Partial<Record<OperationName, object>>;

test.each(Object.entries(inner) as [keyof typeof inner, object][])(
  '%s: what belongs to another session is not there in one’s own',
  async (name, missing) => {
    const before = everything();
    const at: Scene = { school, lesson, actor: 'other' };
    const own = { id: others.session.id };
    const answers = [await ask(name, at, own), await ask(name, at, { ...own, ...missing })].map(({ problem }) => ({
      ...problem,
      request_id: '',
    }));
    expect(answers[0]).toEqual(answers[1]);
    expect([404, 422]).toContain(answers[0]?.status);
    expect(everything()).toEqual(before);
  },
);

test('every operation that names something in a session is tried with what is in another', () => {
  const named = names.filter((name) => /^\/sessions\/:id\/.*:/.test(operations[name].path));
  expect(Object.keys(inner)).toEqual(expect.arrayContaining(named));
});
