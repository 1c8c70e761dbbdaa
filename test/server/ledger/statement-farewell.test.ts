import { expect, onTestFinished, test } from 'vitest';
import { faults } from '../../../shared/base/errors.ts';
import { limits } from '../../../shared/base/limits.ts';
import { authorityDeviceOf } from '../../../shared/ledger/authority-key.ts';
import { callApi } from '../../support/api-client.ts';
import { FakeTime } from '../../support/fake-time.ts';
import { openAuthenticated, until, type LedgerClient } from '../../support/ledger-client.ts';
import { LedgerSession } from '../../support/ledger-session.ts';
import { startTestServer } from '../../support/server.ts';

/** Comes back as an app does, and answers how it was put out. */
async function comeBack(session: LedgerSession, client: LedgerClient, time: FakeTime): Promise<number> {
  const { person } = client;
  const { closed } = await openAuthenticated(session.place, session.id, { token: person.user.token, device: person.device }, (transport) =>
    client.replica.connect(transport, session.place.binding, authorityDeviceOf(session.place.authority.raw)),
  );
  await until(() => client.ledger.device(client.person.device)?.role === null, 'the statement arrives');
  time.advance(limits.admissionMs);
  return (await closed).code;
}

async function awayEditor() {
  const time = new FakeTime();
  const server = await startTestServer({ time });
  onTestFinished(() => server.close());
  const session = await LedgerSession.open(server.url);
  const ben = await session.online(await session.join('Ben'));
  await until(() => ben.ledger.statement !== null, 'Ben knows the statement');
  await ben.offline();
  ben.type(0, 'typed alone ');
  await ben.author.flush();
  return { url: server.url, session, ben, time };
}

test.each(['removeParticipant', 'banParticipant'] as const)(
  '[R-MEM-3] %s while offline: who comes back gets the statement and is closed, and their pending entries are not permitted',
  async (operation) => {
    const { url, session, ben, time } = await awayEditor();
    const input = { id: session.id, user_id: ben.person.user.id };
    const reply = await callApi(url, operation, input, session.owner.user.token);
    expect(reply.problem).toBeUndefined();
    expect(await comeBack(session, ben, time)).toBe(faults['not-a-reader'].close);
    expect(ben.ledger.device(ben.person.device)?.role).toBeNull();
    expect(ben.isLinked).toBe(false);
    const [entry] = ben.made;
    expect(ben.ledger.modeOf(entry?.hash ?? '')).toBe('skeleton');
    expect(ben.content).not.toContain('typed alone');
  },
);

test('a stranger hears nothing of a session, not even that it is there', async () => {
  const { session } = await awayEditor();
  const stranger = await session.online(await session.join('Eve'));
  await stranger.offline();
  const other = await LedgerSession.open(session.place.url);
  const { closed } = await openAuthenticated(
    session.place,
    other.id,
    { token: stranger.person.user.token, device: stranger.person.device },
    () => {
      throw new Error('was let in');
    },
  );
  expect((await closed).code).toBe(faults['not-found'].close);
});
