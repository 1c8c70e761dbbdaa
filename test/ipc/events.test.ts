import { describe, expect, onTestFinished, test } from 'vitest';
import type { InputOf, OperationName, OutputOf } from '../../shared/api/operations.ts';
import type { EventName, EventOf } from '../../shared/ipc/contract.ts';
import type { Session } from '../../shared/session/schemas.ts';
import { systemClock } from '../../src-main/core/system.ts';
import { ask } from '../support/ask.ts';
import { startAuthority } from '../support/authority.ts';
import { CuttableProxy } from '../support/cuttable-proxy.ts';
import { openTestCore, type TestCore } from '../support/test-core.ts';

/** What one app's windows hear. */
class Ear {
  readonly heard: { name: EventName; event: unknown }[] = [];
  #wake: () => void = () => {};

  constructor(core: TestCore) {
    core.on((name, event) => {
      this.heard.push({ name, event });
      this.#wake();
    });
  }

  async until<N extends EventName>(name: N, isIt: (event: EventOf<N>) => boolean = () => true): Promise<EventOf<N>> {
    for (;;) {
      const found = this.heard.find((each) => each.name === name && isIt(each.event as EventOf<N>));
      if (found !== undefined) return found.event as EventOf<N>;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  count(name: EventName): number {
    return this.heard.filter((each) => each.name === name).length;
  }
}

async function request<N extends Exclude<OperationName, 'register' | 'guest' | 'login' | 'refresh' | 'logout'>>(
  core: TestCore,
  operation: N,
  input: InputOf<N>,
): Promise<OutputOf<N>> {
  return (await ask(core, 'authority.request', { operation, input })) as OutputOf<N>;
}

async function person(name: string, serverUrl: string): Promise<{ core: TestCore; ear: Ear; id: string }> {
  const core = await openTestCore({ serverUrl });
  const ear = new Ear(core);
  const { id } = await ask(core, 'account.register', { email: `${name}@example.org`, name, password: 'silent night holy night' });
  // Its server has greeted it: from here on it is told of everything.
  await ear.until('changes.missed');
  return { core, ear, id };
}

const nameIs =
  (name: string) =>
  ({ session }: EventOf<'session.changed'>): boolean =>
    session.name === name;
const knownOf = async (core: TestCore): Promise<Session[]> => ask(core, 'sessions.known', {});

describe('what the server says by itself', () => {
  test('reaches the windows of the others, as each may see it, and is kept for the time without the server', async () => {
    const { url } = await startAuthority(systemClock);
    const [ann, bob] = [await person('ann', url), await person('bob', url)];
    const session = await request(ann.core, 'createSession', { name: 'Friday' });
    const told = bob.ear.count('invitations.changed');
    await request(ann.core, 'invite', { id: session.id, users: [{ email: 'bob@example.org', role: 'viewer' }] });
    await expect.poll(() => bob.ear.count('invitations.changed')).toBeGreaterThan(told);
    const [invitation] = (await request(bob.core, 'myInvitations', {})).items;
    await request(bob.core, 'acceptInvitation', { id: invitation?.id ?? '' });
    await ann.ear.until('participants.changed', ({ items }) => items.length === 2);

    await request(ann.core, 'updateSession', { id: session.id, name: 'Saturday' });
    expect((await bob.ear.until('session.changed', nameIs('Saturday'))).session).toMatchObject({ role: 'viewer', join_code: null });
    expect(await knownOf(bob.core)).toMatchObject([{ name: 'Saturday', role: 'viewer' }]);
    await request(ann.core, 'removeParticipant', { id: session.id, user_id: bob.id });
    expect(await bob.ear.until('session.gone')).toEqual({ session_id: session.id });
    expect(await knownOf(bob.core)).toEqual([]);
  });

  test('who was cut off is told what changed meanwhile, once the wire is whole', async () => {
    const { url } = await startAuthority(systemClock);
    const wire = await CuttableProxy.to(url);
    onTestFinished(() => wire.close());
    const [ann, bob] = [await person('ann', url), await person('bob', wire.url)];
    const session = await request(ann.core, 'createSession', { name: 'Friday' });
    await request(bob.core, 'joinByCode', { code: session.join_code ?? '' });
    await bob.ear.until('session.changed', nameIs('Friday'));
    const missed = bob.ear.count('changes.missed');

    wire.cut();
    await request(ann.core, 'updateSession', { id: session.id, name: 'Saturday' });
    await ann.ear.until('session.changed', nameIs('Saturday'));
    wire.mend();
    await bob.ear.until('session.changed', nameIs('Saturday'));
    // It went on where it was: nothing was lost, so that nothing is read anew.
    expect(bob.ear.count('changes.missed')).toBe(missed);
  });

  test('a server that started anew does not know what passed: everything is read again', async () => {
    const first = await startAuthority(systemClock);
    const bob = await person('bob', first.url);
    const before = bob.ear.count('changes.missed');
    await first.close();
    await startAuthority(systemClock, first);
    await expect.poll(() => bob.ear.count('changes.missed'), { timeout: 20_000 }).toBeGreaterThan(before);
  });

  test('ends with the sign-in, and the next person hears their own', async () => {
    const { url } = await startAuthority(systemClock);
    const [ann, bob] = [await person('ann', url), await person('bob', url)];
    const session = await request(ann.core, 'createSession', { name: 'Friday' });
    await request(bob.core, 'joinByCode', { code: session.join_code ?? '' });
    await bob.ear.until('session.changed', nameIs('Friday'));
    await ask(bob.core, 'account.sign_out', {});
    const link = await request(ann.core, 'createLink', { id: session.id, admits_guests: true, role: 'viewer' });
    const greeted = bob.ear.count('changes.missed');
    await ask(bob.core, 'account.guest', { code: link.code, name: 'Cy' });
    await expect.poll(() => bob.ear.count('changes.missed')).toBeGreaterThan(greeted);
    await request(ann.core, 'updateSession', { id: session.id, name: 'Saturday' });
    expect((await bob.ear.until('session.changed', nameIs('Saturday'))).session.role).toBe('viewer');
    const isOfSaturday = ({ name, event }: Ear['heard'][number]): boolean =>
      name === 'session.changed' && nameIs('Saturday')(event as EventOf<'session.changed'>);
    expect(bob.ear.heard.filter(isOfSaturday)).toHaveLength(1);
  });
});
