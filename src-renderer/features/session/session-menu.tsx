import { ActionIcon, Popover } from '@mantine/core';
import { CassetteTape, ChartColumn, Ellipsis, FileClock, History, Settings, UsersRound, type LucideIcon } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { Link } from 'react-router';
import { movesOf } from '../../../shared/session/people-policy.ts';
import type { Session } from '../../../shared/session/schemas.ts';
import type { SessionView } from './session-view.ts';
import { en } from '../../text/en.ts';
import { moveIcons } from './move-icons.ts';
import { placesAround, type PlaceAround } from './places-around.ts';
import './session-menu.css';
import { useSessionActions } from './use-session-actions.tsx';

const placeIcons: Record<PlaceAround, LucideIcon> = {
  people: UsersRound,
  recordings: CassetteTape,
  activity: History,
  stats: ChartColumn,
  settings: Settings,
};

/** The places around the rehearsal, and what one may do with the session as a whole; what one may not is absent. */
export function SessionMenu({ session, snapshot }: { session: Session; snapshot: SessionView | null }): ReactElement | null {
  const [isOpen, setOpen] = useState(false);
  const actions = useSessionActions(session);
  const role = snapshot?.role ?? session.role;
  if (role === null) return null;
  const moves = movesOf({ role, table: session.permission_table }, snapshot?.status ?? session.status);
  const after = (run: () => void) => (): void => {
    setOpen(false);
    run();
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={220} trapFocus shadow="md">
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={en.session.menu} onClick={() => setOpen(!isOpen)}>
          <Ellipsis size={20} aria-hidden="true" />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={en.session.menu} className="session-menu">
        <nav aria-label={en.around.label}>
          <Link to={`/session/${session.id}/history`} className="plain-entry">
            <FileClock size={16} aria-hidden="true" /> {en.songHistory.open}
          </Link>
          {placesAround.map((place) => {
            const Icon = placeIcons[place];
            return (
              <Link key={place} to={`/session/${session.id}/${place}`} className="plain-entry">
                <Icon size={16} aria-hidden="true" /> {en.around[place]}
              </Link>
            );
          })}
        </nav>
        {moves.length > 0 && <hr className="session-menu-rule" />}
        {moves.map((action) => {
          const Icon = moveIcons[action];
          return (
            <button key={action} type="button" className="plain-entry" onClick={after(() => actions.run(action))}>
              <Icon size={16} aria-hidden="true" /> {en.session[action]}
            </button>
          );
        })}
      </Popover.Dropdown>
    </Popover>
  );
}
