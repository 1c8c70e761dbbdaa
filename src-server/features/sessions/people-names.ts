import type { Person } from '../../../shared/session/invitation-schemas.ts';
import type { UserStore } from '../accounts/user-store.ts';

export interface PeopleNames {
  /** Null stays null; of an account that is gone the name is empty. */
  person<Id extends string | null>(id: Id): Id extends string ? Person : Person | null;
}

export function createPeopleNames(users: UserStore): PeopleNames {
  return {
    person: <Id extends string | null>(id: Id) =>
      (id === null ? null : { id, name: users.byId(id)?.name ?? '' }) as Id extends string ? Person : Person | null,
  };
}
