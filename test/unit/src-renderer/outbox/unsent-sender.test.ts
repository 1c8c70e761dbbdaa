import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { Bridge } from '../../../../shared/ipc/contract.ts';
import { unsentCount } from '../../../../src-renderer/features/outbox/unsent-count.ts';
import { UnsentSender } from '../../../../src-renderer/features/outbox/unsent-sender.ts';
import type { LiveSession, LiveSnapshot } from '../../../../src-renderer/session/live-session.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** A session that is open behind everything; its server numbers what waits when the test says so. */
class Opened {
  readonly id: string;
  isClosed = false;
  #pending = 3;
  readonly #listeners = new Set<() => void>();

  constructor(id: string) {
    this.id = id;
  }

  number(): void {
    this.#pending = 0;
    for (const listener of this.#listeners) listener();
  }

  get live(): LiveSession {
    return {
      snapshot: () => ({ phase: 'ready', role: 'editor', pendingCount: this.#pending }) as LiveSnapshot,
      subscribe: (listener: () => void) => {
        this.#listeners.add(listener);
        return () => void this.#listeners.delete(listener);
      },
      close: async () => {
        this.isClosed = true;
      },
    } as unknown as LiveSession;
  }
}

function scene() {
  const opened: Opened[] = [];
  const noted: unknown[] = [];
  const bridge = {
    invoke: async (_name: string, args: unknown) => {
      noted.push(args);
      return { ok: true, result: null };
    },
    on: () => () => undefined,
  } as unknown as Bridge;
  const sender = new UnsentSender(bridge, async ({ sessionId }) => {
    const session = new Opened(sessionId);
    opened.push(session);
    return session.live;
  });
  onTestFinished(() => sender.close());
  return { sender, opened, noted, ids: () => opened.map(({ id }) => id) };
}

const rest = (): Promise<unknown> => vi.advanceTimersByTimeAsync(5_000);

test('sessions with changes are opened one after the other, each until its server has them all', async () => {
  const { sender, opened, noted, ids } = scene();
  sender.look({ isReachable: true, ids: ['a', 'b'], here: null });
  await rest();
  await vi.waitFor(() => expect(ids()).toEqual(['a']));
  opened[0]?.number();
  await vi.waitFor(() => expect(opened[0]?.isClosed).toBe(true));
  expect(noted).toEqual([{ session_id: 'a', change_count: 0 }]);
  await rest();
  await vi.waitFor(() => expect(ids()).toEqual(['a', 'b']));
});

test('who takes part no longer has nothing to send: it is a draft', () => {
  expect(unsentCount({ phase: 'ready', role: null, pendingCount: 3 })).toBe(0);
  expect(unsentCount({ phase: 'ready', role: 'viewer', pendingCount: 3 })).toBe(3);
  // Before the session's own word is read, nobody has a role.
  expect(unsentCount({ phase: 'opening', role: null, pendingCount: 3 })).toBe(3);
});

test('what is open in front sends by itself, and so does what is opened meanwhile', async () => {
  const { sender, opened, noted, ids } = scene();
  sender.look({ isReachable: true, ids: ['a', 'b'], here: 'a' });
  await rest();
  await vi.waitFor(() => expect(ids()).toEqual(['b']));
  sender.look({ isReachable: true, ids: ['a', 'b'], here: 'b' });
  await vi.waitFor(() => expect(opened[0]?.isClosed).toBe(true));
  expect(noted).toEqual([]);
});

test('without the server nothing is opened; when it comes back, what was not sent is tried again', async () => {
  const { sender, opened, ids } = scene();
  sender.look({ isReachable: false, ids: ['a'], here: null });
  await rest();
  expect(ids()).toEqual([]);
  sender.look({ isReachable: true, ids: ['a'], here: null });
  await rest();
  await vi.waitFor(() => expect(ids()).toEqual(['a']));
  sender.look({ isReachable: false, ids: ['a'], here: null });
  await vi.waitFor(() => expect(opened[0]?.isClosed).toBe(true));
  sender.look({ isReachable: true, ids: ['a'], here: null });
  await rest();
  await vi.waitFor(() => expect(ids()).toEqual(['a', 'a']));
});
