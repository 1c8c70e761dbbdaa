import type { PersonExport } from '../../../shared/api/auth.ts';
import { activityDetailsSchema } from '../../../shared/session/history-schemas.ts';
import { templateValuesSchema } from '../../../shared/session/templates.ts';
import type { Database } from '../../database/open-database.ts';
import type { ActivityRow, UserRow } from '../../database/schema.ts';

type OwnRows = Pick<PersonExport, 'invitations' | 'templates'>;
type SessionRows = Pick<PersonExport, 'activities' | 'counts'>;

const activityOf = (row: ActivityRow, is_mine: boolean) => ({
  id: row.id,
  session_id: row.session_id,
  type: row.type,
  is_mine,
  details: activityDetailsSchema.parse(JSON.parse(row.details)),
  created_at: row.created_at,
  // Where another was is not about this person.
  address: is_mine ? row.address : null,
  user_agent: is_mine ? row.user_agent : null,
});

/** What one person made or was sent, beside what they did in sessions. */
export function ownRows(db: Database, user: Pick<UserRow, 'id' | 'email'>): OwnRows {
  const invitationColumns = [
    'invitations.id',
    'invitations.session_id',
    'invitations.email',
    'invitations.role',
    'invitations.message',
    'invitations.status',
    'invitations.created_at',
    'invitations.expires_at',
    'invitations.answered_at',
  ] as const;
  const received =
    user.email === null ? [] : db.all(db.query.selectFrom('invitations').select(invitationColumns).where('email', '=', user.email));
  const sent = db.all(
    db.query
      .selectFrom('invitations')
      .innerJoin('participants', 'participants.session_id', 'invitations.session_id')
      .select(invitationColumns)
      .where('participants.user_id', '=', user.id)
      .where('invitations.invited_by', '=', user.id),
  );
  const templates = db.all(db.query.selectFrom('templates').selectAll().where('owner_id', '=', user.id));

  return {
    invitations: [...received, ...sent],
    templates: templates.map((row) => ({
      id: row.id,
      values: templateValuesSchema.parse(JSON.parse(row.template_values)),
      is_shared: row.is_shared === 1,
      created_at: row.created_at,
    })),
  };
}

/** Sessions that have anything about a person, rising; those too that they only were invited to. */
export function sessionsAbout(db: Database, userId: string): string[] {
  const rows = db.all(
    db.query
      .selectFrom('participants')
      .select('session_id')
      .where('user_id', '=', userId)
      .union(db.query.selectFrom('activities').select('session_id').where('actor_id', '=', userId))
      .union(db.query.selectFrom('activities').select('session_id').where('subject_id', '=', userId))
      .union(db.query.selectFrom('session_counts').select('session_id').where('user_id', '=', userId)),
  );
  return rows.map(({ session_id }) => session_id).toSorted();
}

/** What the tables have about one person in one session. */
export function rowsInSession(db: Database, userId: string, sessionId: string): SessionRows {
  const activities = db.query.selectFrom('activities').selectAll().where('session_id', '=', sessionId);
  const done = db.all(activities.where('actor_id', '=', userId));
  const suffered = db.all(activities.where('subject_id', '=', userId));
  const counts = db.all(
    db.query.selectFrom('session_counts').selectAll().where('session_id', '=', sessionId).where('user_id', '=', userId),
  );
  return {
    activities: [...done.map((row) => activityOf(row, true)), ...suffered.map((row) => activityOf(row, false))],
    counts: counts.map(({ user_id: _self, ...count }) => count),
  };
}
