import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Operation } from '../../../shared/api/operation.ts';
import { type InputOf, type OperationName, operations } from '../../../shared/api/operations.ts';
import { callApi, type Reply } from '../../support/api-client.ts';
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

const usedTables = [
  'users',
  'devices',
  'sessions',
  'participants',
  'session_devices',
  'join_links',
  'invitations',
  'templates',
  'activities',
  'server_settings',
  'ledger_records',
];
/** All that a refused call could have changed. */
function everything(): string[] {
  return usedTables.flatMap((table) =>
    beside
      .prepare<[], unknown[]>(`SELECT * FROM ${table}`)
      .raw()
      .all()
      .map((row) => `${table} ${JSON.stringify(row)}`),
  );
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
  }
  expect(done).toEqual(welcome.map((actor) => [actor, yesOf[name] ?? operations[name].status]));
});

/** What the database is asked while `work` runs, in its order. */
async function asked(work: () => Promise<unknown>): Promise<string[]> {
  const statement: object = Object.getPrototypeOf(beside.prepare('SELECT 1')) as object;
  const spies = (['get', 'all', 'run'] as const).map((method) => vi.spyOn(statement as BetterSqlite3.Statement, method));
  try {
    await work();
    const all = spies.flatMap(({ mock }) => mock.contexts.map((one, at) => [mock.invocationCallOrder[at] ?? 0, one] as const));
    return all.toSorted(([a], [b]) => a - b).map(([, one]) => (one as BetterSqlite3.Statement).source);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const hidden = names.filter(
  (name) => ['of_invited', 'of_owner'].includes(groupOf[name]) || operations[name].gate === 'participant' || name === 'joinSession',
);
test.each(hidden)('%s: who is not in the session gets one answer by one way, whether it is there or not', async (name) => {
  for (const actor of ['stranger', 'invited', 'removed', 'banned', 'admin', 'other'] as const) {
    if (expectedOf(name, actor) === 'yes') continue;
    const answers: object[] = [];
    const ways: string[][] = [];
    const [key = ''] = /:\w+/.exec(operations[name].path) ?? [];
    for (const change of [{}, { [key.slice(1)]: key === ':device_id' ? 'ab'.repeat(16) : nowhere }]) {
      const at = { school, lesson, actor };
      ways.push(
        await asked(async () => {
          answers.push({ ...(await ask(name, at, change)).problem, request_id: '' });
        }),
      );
    }
    const body = { type: 'about:blank', title: 'Nothing here.', status: 404, code: 'not-found', detail: 'Nothing here.', request_id: '' };
    expect(answers).toEqual([body, body]);
    expect(ways[0], actor).toEqual(ways[1]);
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
