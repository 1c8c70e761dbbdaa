import { modals } from '@mantine/modals';
import { useQueryClient } from '@tanstack/react-query';
import type { GivenRole } from '../../../shared/session/invitation-schemas.ts';
import { mayManagePerson, rolesToGive, type Standing } from '../../../shared/session/people-policy.ts';
import type { Role } from '../../../shared/session/roles.ts';
import type { Session } from '../../../shared/session/schemas.ts';
import { keys, toFault } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { sayDone, sayFault, sayUndoable } from '../../ui/notices.tsx';
import { useSend } from '../outbox/use-outbox.ts';
import { useSessionManagementService } from '../sessions/use-sessions.ts';

/** Somebody of the session, from the live picture or from the list of participants. */
export interface Managed {
  user_id: string;
  name: string;
  role: Role | null;
}

function isGiven(role: Role): role is GivenRole {
  return role !== 'owner';
}

/** The roles that this person may give to the other; none where they may do nothing with them. */
export function rolesFor(person: Managed & { is_self: boolean }, by: Standing): readonly GivenRole[] {
  const isTheirs = !person.is_self && person.role !== null && mayManagePerson(by, { role: person.role, is_joined: true });
  return isTheirs ? rolesToGive(by) : [];
}

export interface Managing {
  giveRole(person: Managed, role: GivenRole): void;
  remove(person: Managed): void;
  ban(person: Managed): void;
  unban(person: Managed): void;
  /** Makes them the owner: the owner's to do. */
  transfer(person: Managed): void;
}

/** What who manages people does with one of them. It asks before somebody has to go. */
export function useManaging(session: Session): Managing {
  const service = useSessionManagementService();
  const client = useQueryClient();
  const send = useSend();
  const run = async (change: () => Promise<{ isDone: boolean }>, onDone: () => void): Promise<void> => {
    try {
      const { isDone } = await change();
      if (isDone) onDone();
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
  const setRole = ({ user_id: userId, name }: Managed, role: GivenRole, onDone: () => void): void =>
    void run(() => send('changeRole', { ...of(userId), role }, `${name}, ${session.role_labels[role]}`), onDone);
  return {
    giveRole: (person, role) => {
      const { name, role: before } = person;
      const words = en.people.given(name, session.role_labels[role]);
      setRole(person, role, () => {
        if (before === null || !isGiven(before)) sayDone(words);
        else sayUndoable(words, () => setRole(person, before, () => undefined));
      });
    },
    remove: ({ user_id: userId, name }) =>
      ask(en.people.removeConfirm(name), en.people.remove, () => {
        void run(
          () => send('removeParticipant', of(userId), name),
          () => sayDone(en.people.removed(name)),
        );
      }),
    ban: ({ user_id: userId, name }) =>
      ask(en.people.banConfirm(name), en.people.ban, () => {
        void run(
          () => send('banParticipant', of(userId), name),
          () => sayDone(en.people.banned(name)),
        );
      }),
    transfer: ({ user_id: userId, name }) => {
      const { owner, editor } = session.role_labels;
      ask(en.people.transferConfirm(name, owner, editor), en.people.transfer, () => {
        void run(
          async () => {
            client.setQueryData(keys.session(session.id), await service.transferSession(of(userId)));
            await client.invalidateQueries({ queryKey: ['sessions'] });
            return { isDone: true };
          },
          () => sayDone(en.people.transferred(name, owner)),
        );
      });
    },
    unban: ({ user_id: userId, name }) =>
      void run(
        () => send('unbanParticipant', of(userId), name),
        () => sayDone(en.people.unbanned(name)),
      ),
  };
}
