import type { Activity } from '../../../shared/session/history-schemas.ts';
import { roleSchema } from '../../../shared/session/roles.ts';
import type { Session } from '../../../shared/session/schemas.ts';
import { en } from '../../text/en.ts';

const words = en.activity;

function nameOf(person: Activity['actor'], nobody: string): string {
  if (person === null) return nobody;
  return person.name === '' ? words.somebody : person.name;
}

/** One row in the words of this session: with its names for the roles. */
export function activityWords({ type, actor, subject, details }: Activity, session: Pick<Session, 'role_labels'>): string {
  return words.events[type].tell({
    actor: nameOf(actor, words.server),
    subject: nameOf(subject, words.somebody),
    details,
    roleOf: (value) => {
      const role = roleSchema.safeParse(value);
      return role.success ? session.role_labels[role.data] : String(value ?? '');
    },
  });
}
