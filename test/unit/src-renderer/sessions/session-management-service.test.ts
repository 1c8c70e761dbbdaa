import { expect, test } from 'vitest';
import { operations } from '../../../../shared/api/operations.ts';
import type { Bridge } from '../../../../shared/ipc/contract.ts';
import { createSessionManagementService } from '../../../../src-renderer/features/sessions/session-management-service.ts';
import { sessionOf } from '../session/snapshot.ts';

interface Asked {
  name: string;
  args: unknown;
}

/** A bridge that answers the same to everything and keeps what it was asked. */
function bridgeThatAnswers(result: unknown): { bridge: Bridge; asked: Asked[] } {
  const asked: Asked[] = [];
  const bridge = {
    invoke: (name: string, args: unknown) => {
      asked.push({ name, args });
      return Promise.resolve({ ok: true, result });
    },
    on: () => () => {},
  } as unknown as Bridge;
  return { bridge, asked };
}

test('each operation has its method, and asks core for that operation', async () => {
  const { bridge, asked } = bridgeThatAnswers(sessionOf('band-practice'));
  const service = createSessionManagementService(bridge);
  const rows = Object.values(operations).filter(({ path }) => /^\/(sessions|invitations|stats)\b/.test(path));
  expect(Object.keys(service)).toHaveLength(rows.length);
  const session = await service.joinByCode({ code: 'ABCD2345' });
  expect(session.name).toBe('Friday rehearsal');
  expect(asked).toEqual([{ name: 'authority.request', args: { operation: 'joinByCode', input: { code: 'ABCD2345' } } }]);
});

test('an answer that does not follow its row is not let in', async () => {
  const { bridge } = bridgeThatAnswers({ ...sessionOf('band-practice'), extra: 1 });
  await expect(createSessionManagementService(bridge).pauseSession({ id: sessionOf('band-practice').id })).rejects.toThrow();
});

test('a refusal comes back as its fault', async () => {
  const bridge = { invoke: () => Promise.resolve({ ok: false, code: 'session-full' }), on: () => () => {} } as unknown as Bridge;
  await expect(createSessionManagementService(bridge).joinByCode({ code: 'ABCD2345' })).rejects.toMatchObject({ code: 'session-full' });
});
