import { ActionIcon, SegmentedControl, Tooltip } from '@mantine/core';
import { ChevronLeft, PanelRight } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { mayAddPeople } from '../../../shared/session/people-policy.ts';
import type { Session } from '../../../shared/session/schemas.ts';
import type { PresentPerson } from '../../session/live-session.ts';
import type { SessionView } from './session-view.ts';
import { en } from '../../text/en.ts';
import { PersonBadge } from '../../ui/person-badge.tsx';
import { RecordControl } from '../recordings/record-control.tsx';
import { Connection } from './connection.tsx';
import { isServerReachable } from './connection-words.ts';
import { SessionMenu } from './session-menu.tsx';
import { standingOf } from './session-rights.ts';
import { SharePopover } from './share-popover.tsx';
import { isViewMode, type ViewMode } from './view-mode.ts';

const facesAtMost = 5;

function Faces({ people }: { people: readonly PresentPerson[] }): ReactElement | null {
  const here = people.filter((person) => person.is_present);
  if (here.length === 0) return null;
  return (
    <ul className="faces" aria-label={en.session.here}>
      {here.slice(0, facesAtMost).map((person) => (
        <li key={person.user_id} title={person.name} className="face">
          <PersonBadge name={person.name} color={person.color} size={26} />
          <span className="cm-hidden">{person.name}</span>
        </li>
      ))}
      {here.length > facesAtMost && <li className="cm-small cm-muted">+{here.length - facesAtMost}</li>}
    </ul>
  );
}

interface SessionHeaderProps {
  session: Session | null;
  snapshot: SessionView;
  mode: ViewMode;
  onMode: (mode: ViewMode) => void;
  /** Null where there is no side panel to fold. */
  isSideOpen: boolean | null;
  onSide: (isOpen: boolean) => void;
}

/** One line over everything: where one is, how it stands, how one sees it, who is here. */
export function SessionHeader({ session, snapshot, mode, onMode, isSideOpen, onSide }: SessionHeaderProps): ReactElement {
  const sideWords = isSideOpen === true ? en.session.hideSide : en.session.showSide;
  return (
    <header className="bar session-bar">
      <ActionIcon component={Link} to="/sessions" variant="subtle" color="gray" size="lg" aria-label={en.session.backToSessions}>
        <ChevronLeft size={20} aria-hidden="true" />
      </ActionIcon>
      <h1 className="bar-title cm-ellipsis">{session?.name ?? ''}</h1>
      <Connection state={snapshot.connection} />
      {session !== null && <RecordControl session={session} isReachable={isServerReachable(snapshot.connection)} />}
      <span className="cm-grow" />
      <SegmentedControl
        size="xs"
        aria-label={en.session.modes.label}
        value={mode}
        onChange={(value) => {
          if (isViewMode(value)) onMode(value);
        }}
        data={[
          { value: 'write', label: en.session.modes.write },
          { value: 'read', label: en.session.modes.read },
          { value: 'stage', label: en.session.modes.stage },
        ]}
      />
      <Faces people={snapshot.people} />
      <SharePopover
        joinCode={session?.join_code ?? null}
        morePath={session !== null && mayAddPeople(standingOf(session)) ? `/session/${session.id}/people` : null}
      />
      {isSideOpen !== null && (
        <Tooltip label={sideWords}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={sideWords}
            aria-pressed={isSideOpen}
            onClick={() => onSide(!isSideOpen)}
          >
            <PanelRight size={18} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
      )}
      {session !== null && <SessionMenu session={session} snapshot={snapshot} />}
    </header>
  );
}
