import { sql } from 'kysely';
import { z } from 'zod';
import { type PermissionTable, permissionTableSchema, type Role } from '../../../shared/session/roles.ts';
import { type RoleLabels, roleLabelsSchema } from '../../../shared/session/templates.ts';
import type { Database } from '../../database/open-database.ts';
import type { ParticipantRow, SessionRow } from '../../database/schema.ts';

const tableText = z.string().transform((text) => permissionTableSchema.parse(JSON.parse(text)));
const labelsText = z.string().transform((text) => roleLabelsSchema.parse(JSON.parse(text)));

export function permissionTableOf(row: Pick<SessionRow, 'permission_table'>): PermissionTable {
  return tableText.parse(row.permission_table);
}

export function roleLabelsOf(row: Pick<SessionRow, 'role_labels'>): RoleLabels {
  return labelsText.parse(row.role_labels);
}

/** The role somebody has now: only who takes part has one. */
export function presentRole(participant: Pick<ParticipantRow, 'role' | 'status'> | undefined): Role | null {
  return participant?.status === 'joined' ? participant.role : null;
}

export type SessionStore = ReturnType<typeof createSessionStore>;

/** Rows of sessions and participants. Rules are in the services. */
export function createSessionStore(db: Database) {
  return {
    find: (id: string): SessionRow | undefined => db.first(db.query.selectFrom('sessions').selectAll().where('id', '=', id)),
    insert(row: SessionRow): void {
      db.run(db.query.insertInto('sessions').values(row));
    },
    update(id: string, change: Partial<Omit<SessionRow, 'id' | 'epoch' | 'generation'>>): void {
      db.run(db.query.updateTable('sessions').set(change).where('id', '=', id));
    },
    remove(id: string): void {
      db.run(db.query.deleteFrom('sessions').where('id', '=', id));
    },

    /** What was noted about a session that is deleted: its statement stays, and nothing else. */
    removeTraces(id: string): void {
      for (const table of [
        'recordings',
        'recording_left_out',
        'join_links',
        'invitations',
        'activities',
        'session_counts',
        'section_edits',
        'session_songs',
      ] as const)
        db.run(db.query.deleteFrom(table).where('session_id', '=', id));
    },

    participant: (sessionId: string, userId: string): ParticipantRow | undefined =>
      db.first(db.query.selectFrom('participants').selectAll().where('session_id', '=', sessionId).where('user_id', '=', userId)),
    /** All who ever took part, in the order they came. */
    participants: (sessionId: string): ParticipantRow[] =>
      db.all(db.query.selectFrom('participants').selectAll().where('session_id', '=', sessionId).orderBy('joined_at').orderBy('user_id')),
    seatsTaken(sessionId: string): number {
      const seats = db.query.selectFrom('participants').where('session_id', '=', sessionId).where('status', '=', 'joined');
      return db.first(seats.select((all) => all.fn.countAll<number>().as('count')))?.count ?? 0;
    },
    /** How many ever took part. */
    countEver: (sessionId: string): number =>
      db.first(
        db.query
          .selectFrom('participants')
          .select((all) => all.fn.countAll<number>().as('count'))
          .where('session_id', '=', sessionId),
      )?.count ?? 0,
    putParticipant(row: ParticipantRow): void {
      const { session_id: _session, user_id: _user, ...change } = row;
      db.run(
        db.query
          .insertInto('participants')
          .values(row)
          .onConflict((conflict) => conflict.columns(['session_id', 'user_id']).doUpdateSet(change)),
      );
    },
    noteSeen(sessionId: string, userId: string, at: string): void {
      db.run(
        db.query.updateTable('participants').set({ last_seen_at: at }).where('session_id', '=', sessionId).where('user_id', '=', userId),
      );
    },
    /** Sessions of which the user is the owner, but those that are deleted. */
    countLedBy: (userId: string): number =>
      db.first(
        db.query
          .selectFrom('participants')
          .innerJoin('sessions', 'sessions.id', 'participants.session_id')
          .select((all) => all.fn.countAll<number>().as('count'))
          .where('participants.user_id', '=', userId)
          .where('participants.status', '=', 'joined')
          .where('participants.role', '=', 'owner')
          .where('sessions.status', '!=', 'deleted'),
      )?.count ?? 0,
    /** Sessions that the user takes part in now. */
    sessionsOf: (userId: string): string[] =>
      db
        .all(db.query.selectFrom('participants').select('session_id').where('user_id', '=', userId).where('status', '=', 'joined'))
        .map((row) => row.session_id),
    /** The same, and those that they left or were removed from. */
    everSessionsOf: (userId: string): string[] =>
      db.all(db.query.selectFrom('participants').select('session_id').where('user_id', '=', userId)).map((row) => row.session_id),
    /** The status is written out, not bound: only so does SQLite see that the partial index `sessions_to_start` serves. */
    scheduledUntil: (now: string): string[] =>
      db
        .all(
          db.query
            .selectFrom('sessions')
            .select('id')
            .where('status', '=', sql.lit('scheduled'))
            .where('starts_at', '<=', now)
            .limit(1_000),
        )
        .map((row) => row.id),
  };
}
