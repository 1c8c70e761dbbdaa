import { ActionIcon, Popover } from '@mantine/core';
import { Ban, Crown, Ellipsis, UserMinus } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { isOwner } from '../../../shared/session/people-policy.ts';
import type { Participant, Session } from '../../../shared/session/schemas.ts';
import { en } from '../../text/en.ts';
import { standingOf } from '../session/session-rights.ts';
import '../session/session-menu.css';
import { rolesFor, useManaging } from '../session/use-managing.tsx';

const words = en.people;

/** What may be done with somebody besides another role; absent where nothing may. */
export function ParticipantMenu({
  session,
  person,
  isSelf,
}: {
  session: Session;
  person: Participant;
  isSelf: boolean;
}): ReactElement | null {
  const [isOpen, setOpen] = useState(false);
  const managing = useManaging(session);
  const standing = standingOf(session);
  const mayTransfer = isOwner(standing) && !isSelf;
  const mayPutOut = rolesFor({ ...person, is_self: isSelf }, standing).length > 0;
  if (!mayTransfer && !mayPutOut) return <span className="participant-menu" />;
  const after = (run: () => void) => (): void => {
    setOpen(false);
    run();
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={240} trapFocus shadow="md">
      <Popover.Target>
        <ActionIcon
          className="participant-menu"
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={words.manage(person.name)}
          onClick={() => setOpen(!isOpen)}
        >
          <Ellipsis size={17} aria-hidden="true" />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.manage(person.name)} className="session-menu">
        {mayTransfer && (
          <button type="button" className="plain-entry" onClick={after(() => managing.transfer(person))}>
            <Crown size={16} aria-hidden="true" /> {words.transfer}
          </button>
        )}
        {mayPutOut && (
          <>
            <button type="button" className="plain-entry" onClick={after(() => managing.remove(person))}>
              <UserMinus size={16} aria-hidden="true" /> {words.remove}
            </button>
            <button type="button" className="plain-entry" onClick={after(() => managing.ban(person))}>
              <Ban size={16} aria-hidden="true" /> {words.ban}
            </button>
          </>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
