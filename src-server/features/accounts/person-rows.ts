import type { PersonExport } from '../../../shared/api/auth.ts';
import { activityDetailsSchema } from '../../../shared/session/history-schemas.ts';
import { templateValuesSchema } from '../../../shared/session/templates.ts';
import type { Database } from '../../database/open-database.ts';
import type { ActivityRow, UserRow } from '../../database/schema.ts';

type Rows = Pick<PersonExport, 'invitations' | 'templates' | 'activities' | 'counts'>;

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

/** What the tables of sessions have about one person. */
export function personRows(db: Database, user: Pick<UserRow, 'id' | 'email'>): Rows {
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
  const done = db.all(db.query.selectFrom('activities').selectAll().where('actor_id', '=', user.id));
  const suffered = db.all(db.query.selectFrom('activities').selectAll().where('subject_id', '=', user.id));
  const counts = db.all(db.query.selectFrom('session_counts').selectAll().where('user_id', '=', user.id));

  return {
    invitations: [...received, ...sent],
    templates: templates.map((row) => ({
      id: row.id,
      values: templateValuesSchema.parse(JSON.parse(row.template_values)),
      is_shared: row.is_shared === 1,
      created_at: row.created_at,
    })),
    activities: [...done.map((row) => activityOf(row, true)), ...suffered.map((row) => activityOf(row, false))],
    counts: counts.map(({ user_id: _self, ...count }) => count),
  };
}
