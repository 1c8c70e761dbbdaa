import { modals } from '@mantine/modals';
import { useQueryClient } from '@tanstack/react-query';
import { outranks, roles, type Role } from '../../../shared/session/roles.ts';
import type { Participant, Session } from '../../../shared/session/schemas.ts';
import { keys, toFault } from '../../app/queries.ts';
import type { PresentPerson } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import { sayDone, sayFault, sayUndoable } from '../../ui/notices.tsx';
import { useSessionManagementService } from '../sessions/use-sessions.ts';
import type { SessionView } from './session-view.ts';

type GivenRole = Exclude<Role, 'owner'>;

function isGiven(role: Role): role is GivenRole {
  return role !== 'owner';
}

/** Who gives, and what they may. */
export type Manager = Pick<SessionView, 'role' | 'permissions'>;

/** The roles that this person may give to the other: none of those above themselves, the owner's to nobody. */
export function rolesToGive(person: PresentPerson, { role, permissions }: Manager): readonly GivenRole[] {
  if (role === null || person.role === null || person.is_self || person.role === 'owner') return [];
  if (!permissions.includes('manage_participants') || outranks(person.role, role)) return [];
  return roles.filter(isGiven).filter((each) => !outranks(each, role));
}

export interface Managing {
  giveRole(person: PresentPerson, role: GivenRole): void;
  remove(person: PresentPerson): void;
  ban(person: PresentPerson): void;
  unban(person: Participant): void;
}

/** What who manages people does with one of them. It asks before somebody has to go. */
export function useManaging(session: Session): Managing {
  const service = useSessionManagementService();
  const client = useQueryClient();
  const run = async (change: () => Promise<unknown>, onDone: () => void): Promise<void> => {
    try {
      await change();
      onDone();
      await client.invalidateQueries({ queryKey: keys.participants(session.id) });
    } catch (error) {
      sayFault(toFault(error));
    }
  };
  const ask = (words: string, confirm: string, onConfirm: () => void): void => {
    modals.openConfirmModal({
      title: session.name,
      children: <p>{words}</p>,
      labels: { confirm, cancel: en.app.cancel },
      closeButtonProps: { 'aria-label': en.app.close },
      onConfirm,
    });
  };
  const of = (userId: string): { id: string; user_id: string } => ({ id: session.id, user_id: userId });
  const setRole = (userId: string, role: GivenRole, onDone: () => void): void =>
    void run(() => service.changeRole({ ...of(userId), role }), onDone);
  return {
    giveRole: ({ user_id: userId, name, role: before }, role) => {
      const words = en.people.given(name, session.role_labels[role]);
      setRole(userId, role, () => {
        if (before === null || !isGiven(before)) sayDone(words);
        else sayUndoable(words, () => setRole(userId, before, () => undefined));
      });
    },
    remove: ({ user_id: userId, name }) =>
      ask(en.people.removeConfirm(name), en.people.remove, () => {
        void run(
          () => service.removeParticipant(of(userId)),
          () => sayDone(en.people.removed(name)),
        );
      }),
    ban: ({ user_id: userId, name }) =>
      ask(en.people.banConfirm(name), en.people.ban, () => {
        void run(
          () => service.banParticipant(of(userId)),
          () => sayDone(en.people.banned(name)),
        );
      }),
    unban: ({ user_id: userId, name }) =>
      void run(
        () => service.unbanParticipant(of(userId)),
        () => sayDone(en.people.unbanned(name)),
      ),
  };
}
