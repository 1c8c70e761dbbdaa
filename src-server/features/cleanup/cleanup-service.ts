import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { CleanupReport } from '../../../shared/session/history-schemas.ts';
import { timestamp } from '../../deps.ts';
import { userOf } from '../caller.ts';
import type { Handlers } from '../handlers.ts';
import type { InvitationStore } from '../invitations/invitation-store.ts';
import type { JoinLinks } from '../sessions/join-links.ts';
import type { Lifecycle } from '../sessions/lifecycle.ts';
import type { SessionParts } from '../sessions/parts.ts';
import type { PeopleNames } from '../sessions/people-names.ts';

/** What one run takes on of each kind; the next hour goes on. */
const mostARun = 1_000;
/** Sessions that a preview names; the others are counted. */
const mostNamed = 100;
export const cleanupEveryMs = 60 * 60 * 1_000;

type Move = 'end' | 'archive';

export function createCleanup(
  parts: SessionParts,
  { links, invitations, lifecycle, names }: { links: JoinLinks; invitations: InvitationStore; lifecycle: Lifecycle; names: PeopleNames },
) {
  const { db, deps, sessions, changes, ledger, archive } = parts;
  let nextRunAt = timestamp(deps.clock, cleanupEveryMs);
  let lastRun: { at: string; report: CleanupReport } | null = null;
  /** The run that is under way; a second one would move the same sessions. */
  let running: { done: number; all: number; end: Promise<CleanupReport> } | null = null;
  let isClosing = false;
  const nowSeconds = () => Math.floor(deps.clock.now() / 1_000);

  // Statuses are written out, not bound: only so does SQLite see that the partial indexes serve.
  function restingDue(): string[] {
    const rows = db.all(
      db.query
        .selectFrom('sessions')
        .select('id')
        .where('status', 'in', [sql.lit('active' as const), sql.lit('paused' as const)])
        .where(sql<number>`unixepoch(last_activity_at) + auto_cleanup_after`, '<=', nowSeconds())
        .limit(mostARun),
    );
    // Whoever is here is its activity, though they only listen.
    return rows.map(({ id }) => id).filter((id) => ledger.presentUsers(id).size === 0);
  }

  function archivingDue(): string[] {
    return db
      .all(
        db.query
          .selectFrom('sessions')
          .select('id')
          .where('status', '=', sql.lit('ended' as const))
          .where(sql<number>`unixepoch(ended_at) + archive_after`, '<=', nowSeconds())
          .limit(mostARun),
      )
      .map(({ id }) => id);
  }

  function checked(): number {
    const rows = db.query
      .selectFrom('sessions')
      .select((all) => all.fn.countAll<number>().as('count'))
      .where('status', 'in', ['active', 'paused', 'ended']);
    return db.first(rows)?.count ?? 0;
  }

  function moveByClock(id: string, verb: Move): void {
    db.transact(() => {
      const session = sessions.find(id);
      if (session !== undefined) lifecycle.move(session, verb, null);
    });
    changes.announce([id]);
  }

  /**
   * Each on its own: one that cannot be moved does not hold up the others, and between two of them the server answers who asks.
   * @returns how many were done
   */
  async function forEach(ids: readonly string[], report: CleanupReport, step: () => void, work: (id: string) => void): Promise<number> {
    let done = 0;
    for (const id of ids) {
      if (isClosing) break;
      try {
        work(id);
        done += 1;
      } catch (error) {
        deps.logger?.error({ err: error, session_id: id }, 'cleanup');
        report.errors.push({ session_id: id, code: 'internal' });
      }
      step();
      await nextTurn();
    }
    return done;
  }

  const emptyReport = (): CleanupReport => ({ sessions_checked: checked(), sessions_ended: 0, sessions_archived: 0, errors: [] });

  /** What has had no activity rests, what has ended long ago is put away, what ran out is removed. It deletes nothing that a person made. */
  async function work(resting: readonly string[], archiving: readonly string[], step: () => void): Promise<CleanupReport> {
    const report = emptyReport();
    report.sessions_ended = await forEach(resting, report, step, (id) => moveByClock(id, 'end'));
    report.sessions_archived = await forEach(archiving, report, step, (id) => moveByClock(id, 'archive'));
    await forEach(
      archive.unpacked(mostARun),
      report,
      () => {},
      (id) => void archive.pack(id),
    );
    if (isClosing) return report;
    links.removeEnded();
    invitations.removeExpired();
    lastRun = { at: timestamp(deps.clock), report };
    return report;
  }

  /** One run; while one is under way, that one. */
  async function run(): Promise<CleanupReport> {
    if (running !== null) return running.end;
    const [resting, archiving] = [restingDue(), archivingDue()];
    const present = { done: 0, all: resting.length + archiving.length };
    const end = work(resting, archiving, () => void (present.done += 1)).finally(() => {
      running = null;
    });
    // One object, so that `done` is seen as it grows.
    running = Object.assign(present, { end });
    return end;
  }

  /** An administrator is told whose it is and since when nobody was in it; its name only where they take part. */
  function describe(id: string, move: Move, userId: string) {
    const session = sessions.find(id);
    const owner = sessions.participants(id).find(({ role, status }) => role === 'owner' && status === 'joined');
    const isMine = sessions.participant(id, userId)?.status === 'joined';
    return {
      session_id: id,
      name: isMine ? (session?.name ?? null) : null,
      leader: names.person(owner?.user_id ?? null),
      last_activity_at: session?.last_activity_at ?? timestamp(deps.clock),
      move,
    };
  }

  const handlers: Pick<Handlers, 'cleanUp' | 'cleanupPlan'> = {
    async cleanUp({ dry_run }) {
      if (!dry_run) return run();
      return { ...emptyReport(), sessions_ended: restingDue().length, sessions_archived: archivingDue().length };
    },

    async cleanupPlan(_input, caller) {
      const userId = userOf(caller);
      const due = [
        ...restingDue().map((id) => ({ id, move: 'end' as const })),
        ...archivingDue().map((id) => ({ id, move: 'archive' as const })),
      ];
      return {
        every_seconds: cleanupEveryMs / 1_000,
        next_run_at: nextRunAt,
        running: running === null ? null : { done: running.done, all: running.all },
        last_run: lastRun,
        due_total: due.length,
        due: due.slice(0, mostNamed).map(({ id, move }) => describe(id, move, userId)),
      };
    },
  };
  return {
    handlers,
    /** What the clock asks for. */
    async runOnTime(): Promise<void> {
      nextRunAt = timestamp(deps.clock, cleanupEveryMs);
      await run();
    },
    /** Ends a run between two sessions; what is left is due next time. */
    async close(): Promise<void> {
      isClosing = true;
      await running?.end;
    },
  };
}
