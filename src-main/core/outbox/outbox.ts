import { isDeepStrictEqual } from 'node:util';
import { operations, type InputOf, type OperationName, type OutputOf } from '../../../shared/api/operations.ts';
import type { Clock, Timers } from '../../../shared/base/clock.ts';
import { Fault, faults, isFaultCode, type FaultCode } from '../../../shared/base/errors.ts';
import { makeUuid, type RandomBytes } from '../../../shared/base/ids.ts';
import { limits } from '../../../shared/base/limits.ts';
import { waitingOperations, type SessionPlan } from '../../../shared/ipc/outbox.ts';
import type { Session } from '../../../shared/session/schemas.ts';
import type { CoreLogger } from '../core-logger.ts';
import type { KnownSessionsOwner } from '../sessions/known-sessions.ts';
import type { OutboxRow, OutboxStore, OutboxWork } from './outbox-store.ts';
import { afterCreation, creationOf, type SongOf } from './planned-session.ts';

/** The server in use and the person signed in there. */
export interface OutboxPlace {
  owner: KnownSessionsOwner;
  isReachable: boolean;
  request<N extends OperationName>(name: N, input: InputOf<N>, key: string): Promise<OutputOf<N>>;
}

export interface OutboxParts {
  store: OutboxStore;
  place: () => OutboxPlace | null;
  songOf: SongOf;
  clock: Clock;
  timers: Timers;
  random: RandomBytes;
  logger: CoreLogger;
  changed: () => void;
  /** A session is there, and nobody waits beside the button. */
  made: (id: string, session: Session) => void;
}

export type Outcome = { state: 'done'; output: unknown } | { state: 'waiting'; id: string };

/** What waits for the server, and its way there: in order for each session, once each, again and again until there is an answer. */
export interface Outbox {
  rows(): OutboxRow[];
  isSending(id: string): boolean;
  /** Throws the Fault with which the server refuses it at once. */
  put(work: OutboxWork): Promise<Outcome>;
  change(id: string, plan: SessionPlan): void;
  again(id: string): void;
  drop(id: string): void;
  /** The server may be there now. */
  wake(): void;
  close(): void;
}

/** Who presses a button waits this long for the server's answer, and then for none: it comes by itself. */
const patienceMs = 5_000;
const firstDelayMs = 1_000;
const lastDelayMs = 60_000;
/** The server answered so often, each time that it cannot now: about ten minutes. Then the person decides. */
const mostTries = 15;

/** Nobody answered who could have refused: another network, a page to sign in to the wireless, somebody else at the address. */
const unheard: ReadonlySet<FaultCode> = new Set(['unreachable', 'unauthorized', 'proof-failed', 'protocol-error']);
const mayPass = (code: FaultCode): boolean => faults[code].retry === 'later' || code === 'idempotency-conflict';

/** What is in order among itself: all that is about one session, or one template. */
const laneOf = ({ id, work }: OutboxRow): string =>
  work.kind === 'request' && typeof work.input['id'] === 'string' ? work.input['id'] : id;

/** Some of those invited were refused: what is left of the work, and why. */
function leftOver(work: OutboxWork, output: unknown): { work: OutboxWork; refusal: { code: FaultCode; detail: string } } | null {
  if (work.kind !== 'request' || work.operation !== 'invite') return null;
  const { errors } = output as OutputOf<'invite'>;
  const [first] = errors;
  if (first === undefined) return null;
  const refused = new Set(errors.map(({ email }) => email.toLowerCase()));
  const { users } = operations.invite.input.parse(work.input);
  return {
    work: { ...work, input: { ...work.input, users: users.filter(({ email }) => refused.has(email.toLowerCase())) } },
    refusal: {
      code: isFaultCode(first.code) ? first.code : 'unprocessable',
      detail: errors.map(({ email, message }) => `${email}: ${message}`).join(' '),
    },
  };
}

function isSameCreation({ invitations: _before, ...before }: SessionPlan, { invitations: _after, ...after }: SessionPlan): boolean {
  return isDeepStrictEqual(before, after);
}

/** Sent before, its answer lost: this refusal says that it was done. */
const wasDone = ({ work, sent }: OutboxRow, code: FaultCode): boolean =>
  sent !== null && work.kind === 'request' && (waitingOperations[work.operation].doneWhen as readonly FaultCode[]).includes(code);

export function createOutbox(parts: OutboxParts): Outbox {
  const { store, place, songOf, clock, timers, random, logger, changed } = parts;
  let sending: string | null = null;
  let isRunning = false;
  /** Something came while it ran. */
  let isAsked = false;
  let isOver = false;
  let cancelTimer: (() => void) | null = null;
  /** How often each was tried since this start, and when it may be again. */
  const tries = new Map<string, { count: number; notBefore: number }>();
  /** Those who still wait for the answer beside their button. */
  const waiters = new Map<string, { done: (output: unknown) => void; refused: (fault: Fault) => void; later: () => void }>();

  const newKey = (): string => makeUuid(clock.now(), random);
  const ownerNow = (): KnownSessionsOwner => {
    const now = place();
    if (now === null) throw new Fault('unauthorized');
    return now.owner;
  };
  const rowOf = (id: string): OutboxRow => {
    const row = store.get(ownerNow(), id);
    if (row === null) throw new Fault('not-found');
    return row;
  };
  const add = ({ server_id, user_id }: KnownSessionsOwner, work: OutboxWork): string => {
    const id = newKey();
    store.add({ id, server_id, user_id, request_key: newKey(), work, created_at: clock.now() });
    return id;
  };

  const finish = (row: OutboxRow, body: Record<string, unknown>, output: unknown): void => {
    store.inOne(() => {
      const present = store.get(row, row.id);
      const left = leftOver(row.work, output);
      if (left !== null && !waiters.has(row.id)) return store.refuse(row.id, left.work, left.refusal);
      store.drop(row.id);
      // Whoever was invited while it was on its way is invited too.
      const work = present?.work ?? row.work;
      if (work.kind !== 'session') return;
      const { song } = operations.createSession.input.parse(body);
      for (const next of afterCreation(work.plan, (output as Session).id, song?.id ?? null, songOf)) add(row, next);
    });
    tries.delete(row.id);
    const waiter = waiters.get(row.id);
    if (waiter !== undefined) waiter.done(output);
    else if (row.work.kind === 'session') parts.made(row.id, output as Session);
  };
  const refuse = (row: OutboxRow, fault: Fault): void => {
    tries.delete(row.id);
    const waiter = waiters.get(row.id);
    // Who is looking reads it there, and nothing is left to decide.
    if (waiter === undefined) return store.refuse(row.id, row.work, { code: fault.code, detail: fault.message });
    store.drop(row.id);
    waiter.refused(fault);
  };
  const wait = (row: OutboxRow): void => {
    const count = (tries.get(row.id)?.count ?? 0) + 1;
    tries.set(row.id, { count, notBefore: clock.now() + Math.min(firstDelayMs * 2 ** (count - 1), lastDelayMs) });
  };

  /** False: nobody is there, and the next need not try. */
  const sendOne = async (to: OutboxPlace, row: OutboxRow): Promise<boolean> => {
    const { work } = row;
    const body = row.sent ?? (work.kind === 'request' ? work.input : creationOf(work.plan, songOf));
    // On disk before it leaves: whatever becomes of this program, it is never sent otherwise under its key.
    if (row.sent === null) store.markSent(row.id, body);
    try {
      const name = work.kind === 'request' ? work.operation : 'createSession';
      finish(row, body, await to.request(name, body as InputOf<typeof name>, row.request_key));
      return true;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      if (wasDone(row, error.code)) {
        finish(row, body, null);
        return true;
      }
      const isHopeless = !unheard.has(error.code) && (tries.get(row.id)?.count ?? 0) >= mostTries;
      if ((unheard.has(error.code) || mayPass(error.code)) && !isHopeless) wait(row);
      else refuse(row, error);
      return !unheard.has(error.code);
    }
  };
  const nextOf = (owner: KnownSessionsOwner): OutboxRow | undefined => {
    const waiting = store.list(owner).filter(({ refusal }) => refusal === null);
    const lanes = new Set<string>();
    return waiting.find((row) => {
      const isFirst = !lanes.has(laneOf(row));
      lanes.add(laneOf(row));
      return isFirst && (tries.get(row.id)?.notBefore ?? 0) <= clock.now();
    });
  };
  const sendAll = async (): Promise<void> => {
    for (;;) {
      const to = place();
      const row = isOver || to === null || !to.isReachable ? undefined : nextOf(to.owner);
      if (to === null || row === undefined) return;
      sending = row.id;
      changed();
      let isHeard = false;
      try {
        isHeard = await sendOne(to, row);
      } catch (error) {
        // The disk did not take it: it is as it was, and is tried again.
        wait(row);
        if (!isOver) logger.error({ err: error }, 'what waits for the server was not kept');
      } finally {
        sending = null;
        if (!isOver) changed();
      }
      if (!isHeard) return;
    }
  };
  /** At the time when the first may be tried again. */
  const sleep = (): void => {
    cancelTimer?.();
    cancelTimer = null;
    const times = [...tries.values()].map(({ notBefore }) => notBefore);
    if (isOver || times.length === 0) return;
    cancelTimer = timers.after(Math.max(Math.min(...times) - clock.now(), firstDelayMs), wake);
  };
  function wake(): void {
    if (isOver) return;
    isAsked = isRunning;
    if (isRunning) return;
    isRunning = true;
    void sendAll()
      .catch((error: unknown) => {
        if (!isOver) logger.error({ err: error }, 'what waits for the server cannot be read');
      })
      .finally(() => {
        isRunning = false;
        if (isAsked) return wake();
        for (const { later } of waiters.values()) later();
        sleep();
      });
  }

  const answerOf = async (id: string): Promise<Outcome> => {
    try {
      return await new Promise<Outcome>((resolve, reject) => {
        const later = (): void => resolve({ state: 'waiting', id });
        const cancel = timers.after(patienceMs, later);
        waiters.set(id, {
          later: () => {
            cancel();
            later();
          },
          done: (output) => {
            cancel();
            resolve({ state: 'done', output });
          },
          refused: (fault) => {
            cancel();
            reject(fault);
          },
        });
        wake();
      });
    } finally {
      waiters.delete(id);
    }
  };

  return {
    rows: () => {
      const now = place();
      return now === null ? [] : store.list(now.owner);
    },
    isSending: (id) => sending === id,
    put: async (work) => {
      const now = place();
      if (now === null) throw new Fault('unauthorized');
      if (store.list(now.owner).length >= limits.outboxItems) throw new Fault('too-many');
      const id = add(now.owner, work);
      if (now.isReachable) return answerOf(id);
      changed();
      return { state: 'waiting', id };
    },
    change: (id, plan) => {
      const row = rowOf(id);
      if (row.work.kind !== 'session' || sending === id) throw new Fault('wrong-status');
      const work: OutboxWork = { kind: 'session', plan };
      // What was sent may be there already; who is invited is sent after it.
      if (row.sent === null || row.refusal !== null) store.renew(id, newKey(), work);
      else if (isSameCreation(row.work.plan, plan)) store.rework(id, work);
      else throw new Fault('wrong-status');
      changed();
      wake();
    },
    again: (id) => {
      const row = rowOf(id);
      tries.delete(id);
      if (row.refusal !== null) store.renew(id, newKey(), row.work);
      changed();
      wake();
    },
    drop: (id) => {
      const row = rowOf(id);
      if (sending === id) throw new Fault('wrong-status');
      store.drop(row.id);
      tries.delete(id);
      changed();
      // What waited behind it is the first now.
      wake();
    },
    wake,
    close: () => {
      isOver = true;
      cancelTimer?.();
      for (const { refused } of waiters.values()) refused(new Fault('unavailable'));
    },
  };
}
