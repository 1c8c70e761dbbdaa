import { sql } from 'kysely';
import type { CleanupReport } from '../../../shared/session/history-schemas.ts';
import type { Handlers } from '../handlers.ts';
import type { InvitationStore } from '../invitations/invitation-store.ts';
import type { JoinLinks } from '../sessions/join-links.ts';
import type { Lifecycle } from '../sessions/lifecycle.ts';
import type { SessionParts } from '../sessions/parts.ts';

/** What one run takes on of each kind; the next hour goes on. A run holds the database for as long. */
const mostARun = 1_000;

export function createCleanup(
  parts: SessionParts,
  { links, invitations, lifecycle }: { links: JoinLinks; invitations: InvitationStore; lifecycle: Lifecycle },
) {
  const { db, deps, sessions, changes, ledger, archive } = parts;
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

  /** Each on its own: one that cannot be moved does not hold up the others. */
  function forEach(ids: readonly string[], report: CleanupReport, work: (id: string) => void): number {
    let done = 0;
    for (const id of ids) {
      try {
        work(id);
        done += 1;
      } catch (error) {
        deps.logger?.error({ err: error, session_id: id }, 'cleanup');
        report.errors.push({ session_id: id, code: 'internal' });
      }
    }
    return done;
  }

  function moveByClock(id: string, verb: 'end' | 'archive'): void {
    db.transact(() => {
      const session = sessions.find(id);
      if (session !== undefined) lifecycle.move(session, verb, null);
    });
    changes.announce([id]);
  }

  /** One run: what has had no activity rests, what has ended long ago is put away, what ran out is removed. It deletes nothing that a person made. */
  function run(isDry: boolean): CleanupReport {
    const report: CleanupReport = { sessions_checked: checked(), sessions_ended: 0, sessions_archived: 0, errors: [] };
    const [resting, archiving] = [restingDue(), archivingDue()];
    if (isDry) return { ...report, sessions_ended: resting.length, sessions_archived: archiving.length };
    report.sessions_ended = forEach(resting, report, (id) => moveByClock(id, 'end'));
    report.sessions_archived = forEach(archiving, report, (id) => moveByClock(id, 'archive'));
    forEach(archive.unpacked(mostARun), report, (id) => void archive.pack(id));
    links.removeEnded();
    invitations.removeExpired();
    return report;
  }

  const handlers: Pick<Handlers, 'cleanUp'> = {
    cleanUp: async ({ dry_run }) => run(dry_run),
  };
  return { handlers, run };
}
