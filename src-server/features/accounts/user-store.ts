import { participantColors, type User } from '../../../shared/session/schemas.ts';
import type { Database } from '../../database/open-database.ts';
import type { UserRow } from '../../database/schema.ts';

/** What others may see of an account's row. */
export function toUser(row: UserRow): User {
  return { id: row.id, email: row.email, name: row.name, color: row.color, is_admin: row.is_admin === 1 };
}

export type UserStore = ReturnType<typeof createUserStore>;

export function createUserStore(db: Database) {
  const users = () => db.query.selectFrom('users').selectAll();
  return {
    byId: (id: string): UserRow | undefined => db.first(users().where('id', '=', id)),
    byEmail: (email: string): UserRow | undefined => db.first(users().where('email', '=', email)),
    /** Whether anybody has an account yet. */
    isEmpty: (): boolean => db.first(db.query.selectFrom('users').select('id').limit(1)) === undefined,
    /** Colours go round, from the last who came: their ids sort by time. */
    nextColor(): string {
      const last = db.first(db.query.selectFrom('users').select('color').orderBy('id', 'desc').limit(1));
      const at = participantColors.findIndex((color) => color === last?.color) + 1;
      return participantColors[at] ?? participantColors[0];
    },
    insert(row: UserRow): void {
      db.run(db.query.insertInto('users').values(row));
    },
    update(id: string, change: Partial<Pick<UserRow, 'name' | 'password_hash'>>): void {
      db.run(db.query.updateTable('users').set(change).where('id', '=', id));
    },
  };
}
