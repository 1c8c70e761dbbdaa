import { ActionIcon, Menu } from '@mantine/core';
import { Ban, Check, Ellipsis, UserMinus } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Session } from '../../../shared/session/schemas.ts';
import type { PresentPerson } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import './people.css';
import { rolesToGive, useManaging, type Manager } from './use-managing.tsx';

interface PersonMenuProps extends Manager {
  person: PresentPerson;
  session: Session;
}

/** What may be done with somebody; absent where nothing may. */
export function PersonMenu({ person, role: ownRole, permissions, session }: PersonMenuProps): ReactElement | null {
  const managing = useManaging(session);
  const roles = rolesToGive(person, { role: ownRole, permissions });
  if (roles.length === 0) return null;
  return (
    <Menu position="bottom-end" withinPortal transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={en.people.manage(person.name)}>
          <Ellipsis size={17} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{en.people.takesPartAs}</Menu.Label>
        {roles.map((role) => (
          <Menu.Item
            key={role}
            role="menuitemradio"
            aria-checked={role === person.role}
            leftSection={role === person.role ? <Check size={15} aria-hidden="true" /> : <span className="person-unchecked" />}
            onClick={() => {
              if (role !== person.role) managing.giveRole(person, role);
            }}
          >
            {session.role_labels[role]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<UserMinus size={15} aria-hidden="true" />} onClick={() => managing.remove(person)}>
          {en.people.remove}
        </Menu.Item>
        <Menu.Item leftSection={<Ban size={15} aria-hidden="true" />} onClick={() => managing.ban(person)}>
          {en.people.ban}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
