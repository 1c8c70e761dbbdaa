import { ActionIcon, NativeSelect, Popover } from '@mantine/core';
import { Ban, Ellipsis, UserMinus } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { Role } from '../../../shared/session/roles.ts';
import type { Session } from '../../../shared/session/schemas.ts';
import type { PresentPerson } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import './people.css';
import './session-menu.css';
import { rolesFor, useManaging } from './use-managing.tsx';

interface PersonMenuProps {
  person: PresentPerson;
  /** One's own. */
  role: Role | null;
  session: Session;
}

/** What may be done with somebody; absent where nothing may. */
export function PersonMenu({ person, role: ownRole, session }: PersonMenuProps): ReactElement | null {
  const [isOpen, setOpen] = useState(false);
  const managing = useManaging(session);
  const roles = rolesFor(person, { role: ownRole, table: session.permission_table });
  if (roles.length === 0) return null;
  const after = (run: () => void) => (): void => {
    setOpen(false);
    run();
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={240} trapFocus shadow="md">
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={en.people.manage(person.name)} onClick={() => setOpen(!isOpen)}>
          <Ellipsis size={17} aria-hidden="true" />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={en.people.manage(person.name)} className="session-menu">
        <NativeSelect
          className="person-roles"
          label={en.people.takesPartAs}
          value={person.role ?? ''}
          data={roles.map((role) => ({ value: role, label: session.role_labels[role] }))}
          onChange={({ currentTarget: { value } }) => {
            const role = roles.find((each) => each === value);
            if (role !== undefined) after(() => managing.giveRole(person, role))();
          }}
        />
        <button type="button" className="plain-entry" onClick={after(() => managing.remove(person))}>
          <UserMinus size={16} aria-hidden="true" /> {en.people.remove}
        </button>
        <button type="button" className="plain-entry" onClick={after(() => managing.ban(person))}>
          <Ban size={16} aria-hidden="true" /> {en.people.ban}
        </button>
      </Popover.Dropdown>
    </Popover>
  );
}
