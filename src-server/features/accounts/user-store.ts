import { participantColors, type User } from '../../../shared/session/schemas.ts';
import type { Database } from '../../database/open-database.ts';
import type { UserRow } from '../../database/schema.ts';

/** What others may see of an account's row. */
export function toUser(row: UserRow): User {
  return { id: row.id, email: row.email, name: row.name, color: row.color, is_admin: row.is_admin === 1 };
}

/** Whether the account may be used: neither disabled nor over. */
export function isOpenAccount(row: Pick<UserRow, 'disabled_at' | 'deleted_at'>): boolean {
  return row.disabled_at === null && row.deleted_at === null;
}

export type UserStore = ReturnType<typeof createUserStore>;

export function createUserStore(db: Database) {
  const users = () => db.query.selectFrom('users').selectAll();
  const byId = (id: string): UserRow | undefined => db.first(users().where('id', '=', id));
  return {
    byId,
    /** The account of a token: undefined when it is gone, over or disabled. */
    openById(id: string): UserRow | undefined {
      const row = byId(id);
      return row !== undefined && isOpenAccount(row) ? row : undefined;
    },
    byEmail: (email: string): UserRow | undefined => db.first(users().where('email', '=', email)),
    /** Whether anybody has an account: guests have none. */
    isEmpty: (): boolean => db.first(db.query.selectFrom('users').select('id').where('email', '>', '').limit(1)) === undefined,
    countAccounts: (): number =>
      db.first(
        db.query
          .selectFrom('users')
          .select((all) => all.fn.countAll<number>().as('count'))
          .where('email', '>', ''),
      )?.count ?? 0,
    /** Administrators whose accounts may be used. */
    administrators: (): UserRow[] => db.all(users().where('is_admin', '=', 1)).filter(isOpenAccount),
    /** Colours go round, from the last who came: their ids sort by time. */
    nextColor(): string {
      const last = db.first(db.query.selectFrom('users').select('color').orderBy('id', 'desc').limit(1));
      const at = participantColors.findIndex((color) => color === last?.color) + 1;
      return participantColors[at] ?? participantColors[0];
    },
    insert(row: UserRow): void {
      db.run(db.query.insertInto('users').values(row));
    },
    update(id: string, change: Partial<Omit<UserRow, 'id' | 'color' | 'created_at'>>): void {
      db.run(db.query.updateTable('users').set(change).where('id', '=', id));
    },
    /** Of nobody whom a session names. */
    remove(id: string): void {
      db.run(db.query.deleteFrom('users').where('id', '=', id));
    },
  };
}
