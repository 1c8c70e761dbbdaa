import { QueryObserver } from '@tanstack/react-query';
import { expect, onTestFinished, test } from 'vitest';
import { Fault } from '../../../../shared/base/errors.ts';
import { keys, makeQueryClient } from '../../../../src-renderer/app/queries.ts';
import { dropSession, takeInParticipants, takeInSession } from '../../../../src-renderer/app/session-events.ts';
import { sessionOf } from '../session/snapshot.ts';

const friday = sessionOf('band-practice', { name: 'Friday' });
const saturday = sessionOf('band-practice', { name: 'Saturday' });

/** A page that shows an answer; each fetch takes the next one from a list. */
function show<T>(client: ReturnType<typeof makeQueryClient>, queryKey: readonly unknown[], answers: (T | Promise<T> | Fault)[]) {
  let fetches = 0;
  const observer = new QueryObserver<T>(client, {
    queryKey,
    queryFn: async () => {
      const answer = answers[Math.min(fetches, answers.length - 1)];
      fetches += 1;
      if (answer instanceof Fault) throw answer;
      return answer as T;
    },
  });
  onTestFinished(observer.subscribe(() => {}));
  return { data: () => observer.getCurrentResult().data, fetches: () => fetches };
}

test('a session that changed stands in its page and in the list at once, without being asked for', async () => {
  const client = makeQueryClient();
  const page = show(client, keys.session(friday.id), [{ ...friday, health: 'kept' }]);
  const list = show(client, [...keys.mySessions, 'ann'], [[friday]]);
  await expect.poll(page.data).toBeDefined();
  await expect.poll(list.data).toBeDefined();
  takeInSession(client, saturday);
  await expect.poll(page.data).toMatchObject({ name: 'Saturday', health: 'kept' });
  await expect.poll(list.data).toMatchObject([{ name: 'Saturday' }]);
  expect([page.fetches(), list.fetches()]).toEqual([1, 1]);
});

test('an older answer that is still under way does not come after it', async () => {
  const client = makeQueryClient();
  const { promise: late, resolve: answerLate } = Promise.withResolvers<typeof friday>();
  const page = show(client, keys.session(friday.id), [friday, late]);
  await expect.poll(page.data).toBeDefined();
  void client.invalidateQueries({ queryKey: keys.session(friday.id) });
  takeInSession(client, saturday);
  await expect.poll(page.data).toMatchObject({ name: 'Saturday' });
  answerLate(friday);
  await late;
  expect(page.data()).toMatchObject({ name: 'Saturday' });
});

test('one that is new to the list, and what was never fetched, is asked for', async () => {
  const client = makeQueryClient();
  const list = show<unknown>(client, [...keys.mySessions, 'ann'], [[], [friday]]);
  const ways = show(client, [...keys.ways(friday.id), 'links'], [['one'], ['two']]);
  await expect.poll(list.data).toEqual([]);
  await expect.poll(ways.data).toEqual(['one']);
  takeInSession(client, friday);
  await expect.poll(list.data).toMatchObject([{ name: 'Friday' }]);
  await expect.poll(ways.data).toEqual(['two']);
});

test('participants are taken over whole; who is out asks again, and is refused', async () => {
  const client = makeQueryClient();
  const people = show(client, keys.participants(friday.id), [{ items: [], next_cursor: null }]);
  const page = show(client, keys.session(friday.id), [friday, new Fault('not-found')]);
  await expect.poll(people.data).toBeDefined();
  await expect.poll(page.data).toBeDefined();
  const bob = {
    user_id: friday.id,
    name: 'Bob',
    color: '#0072b2',
    role: 'viewer',
    role_label: 'Listener',
    status: 'joined',
    is_present: true,
    joined_at: friday.created_at,
    last_seen_at: null,
  } as const;
  takeInParticipants(client, friday.id, [bob]);
  await expect.poll(people.data).toEqual({ items: [bob], next_cursor: null });
  dropSession(client, friday.id);
  await expect.poll(page.fetches).toBe(2);
});
