import type { EventsServerFrame } from '../../../shared/api/events.ts';
import type { Timers } from '../../../shared/base/clock.ts';
import { Fault } from '../../../shared/base/errors.ts';
import type { RandomBytes } from '../../../shared/base/ids.ts';
import type { Participant, Session } from '../../../shared/session/schemas.ts';
import { ChangeLog, type Topic } from './change-log.ts';

/** Bursts are told once: fifty who join at a time are one change. */
const gatherMs = 50;

/** A socket that proved whose it is. */
export interface Listener {
  readonly userId: string;
  /** Sessions it takes part in, as far as it was told. */
  readonly known: Set<string>;
  send(frame: EventsServerFrame): void;
  end(): void;
}

export interface EventsParts {
  timers: Timers;
  random: RandomBytes;
  /** As the operation answers; throws a Fault where the person may not see it. */
  getSession(sessionId: string, userId: string): Promise<Session>;
  listParticipants(sessionId: string, userId: string): Promise<readonly Participant[]>;
  /** Sessions the person takes part in; with `everTookPart` those they left too. */
  sessionsOf(userId: string, everTookPart: boolean): readonly string[];
  /** All who ever took part in the session. */
  usersOf(sessionId: string): readonly string[];
  emailOf(userId: string): string | null;
  userOf(email: string): string | null;
  /** Somebody came who was not there, or went. */
  peopleChanged(): void;
  onFailure: (error: unknown) => void;
}

/** Tells people of changes of what is theirs. */
export class EventsHub {
  readonly #parts: EventsParts;
  readonly #log: ChangeLog;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #changed = new Set<Topic>();
  #stopGathering: (() => void) | null = null;
  #isClosed = false;
  /** One after the other, so that places only grow. */
  #telling: Promise<void> = Promise.resolve();

  constructor(parts: EventsParts) {
    this.#parts = parts;
    this.#log = new ChangeLog(parts.random);
  }

  get size(): number {
    let count = 0;
    for (const ofUser of this.#listeners.values()) count += ofUser.size;
    return count;
  }

  /** Who is there, by id. */
  people(): string[] {
    return [...this.#listeners.keys()];
  }

  listenersOf(userId: string): number {
    return this.#listeners.get(userId)?.size ?? 0;
  }

  /** Anything of the session: its row, its participants, who is there. */
  sessionChanged(sessionId: string): void {
    this.#note(`s:${sessionId}`);
  }

  invitationChanged(email: string): void {
    this.#note(`i:${email}`);
  }

  /** The account is disabled or over. */
  closeUser(userId: string): void {
    for (const listener of this.#listeners.get(userId) ?? []) listener.end();
  }

  /** Greets it, and tells what changed since, where that is known. */
  add(listener: Listener, since: string | undefined): void {
    const ofUser = this.#listeners.get(listener.userId) ?? new Set();
    this.#listeners.set(listener.userId, ofUser.add(listener));
    if (ofUser.size === 1) this.#parts.peopleChanged();
    for (const sessionId of this.#parts.sessionsOf(listener.userId, false)) listener.known.add(sessionId);
    const from = since === undefined ? null : this.#log.read(since);
    listener.send({ type: 'auth', ok: true, at: this.#log.place(from ?? undefined), is_resumed: from !== null });
    if (from !== null) this.#tell(() => this.#resume(listener, from));
  }

  remove(listener: Listener): void {
    const ofUser = this.#listeners.get(listener.userId);
    ofUser?.delete(listener);
    if (ofUser?.size !== 0) return;
    this.#listeners.delete(listener.userId);
    this.#parts.peopleChanged();
  }

  close(): void {
    this.#isClosed = true;
    this.#stopGathering?.();
  }

  #note(topic: Topic): void {
    if (this.#isClosed) return;
    this.#changed.add(topic);
    this.#stopGathering ??= this.#parts.timers.after(gatherMs, () => {
      this.#stopGathering = null;
      const numbered = [...this.#changed].map((changed) => [changed, this.#log.note(changed)] as const);
      this.#changed.clear();
      this.#tell(async () => {
        for (const [changed, n] of numbered) await this.#tellAll(changed, n);
      });
    });
  }

  #tell(work: () => Promise<void>): void {
    this.#telling = this.#telling.then(work).catch(this.#parts.onFailure);
  }

  async #tellAll(topic: Topic, n: number): Promise<void> {
    if (topic.startsWith('i:')) {
      const userId = this.#parts.userOf(topic.slice(2));
      const listeners = userId === null ? undefined : this.#listeners.get(userId);
      for (const listener of listeners ?? []) listener.send({ type: 'invitations', at: this.#log.place(n) });
      return;
    }
    const sessionId = topic.slice(2);
    for (const userId of this.#parts.usersOf(sessionId)) {
      const listeners = this.#listeners.get(userId);
      if (listeners !== undefined) await this.#tellSession(sessionId, n, userId, [...listeners], false);
    }
  }

  /** @param wasIn whether they are told that it is gone though nothing is remembered of them */
  async #tellSession(sessionId: string, n: number, userId: string, listeners: readonly Listener[], wasIn: boolean): Promise<void> {
    const at = this.#log.place(n);
    const session = await unlessRefused(this.#parts.getSession(sessionId, userId));
    if (session === null || session.role === null) {
      for (const listener of listeners) {
        if (listener.known.delete(sessionId) || wasIn) listener.send({ type: 'session_gone', at, session_id: sessionId });
      }
      return;
    }
    const items = await unlessRefused(this.#parts.listParticipants(sessionId, userId));
    for (const listener of listeners) {
      listener.known.add(sessionId);
      listener.send({ type: 'session', at, session });
      if (items !== null) listener.send({ type: 'participants', at, session_id: sessionId, items: [...items] });
    }
  }

  async #resume(listener: Listener, from: number): Promise<void> {
    const topics: Topic[] = this.#parts.sessionsOf(listener.userId, true).map((id): Topic => `s:${id}`);
    const email = this.#parts.emailOf(listener.userId);
    if (email !== null) topics.push(`i:${email}`);
    const changed = topics
      .flatMap((topic) => {
        const n = this.#log.changedAfter(topic, from);
        return n === null ? [] : [{ topic, n }];
      })
      .sort((one, other) => one.n - other.n);
    for (const { topic, n } of changed) {
      if (topic.startsWith('i:')) listener.send({ type: 'invitations', at: this.#log.place(n) });
      else await this.#tellSession(topic.slice(2), n, listener.userId, [listener], true);
    }
  }
}

/** Null where the person may not see it: that is no failure here. */
async function unlessRefused<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}
