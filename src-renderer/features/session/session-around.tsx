import { ActionIcon, Button } from '@mantine/core';
import { ChevronLeft, DoorClosed } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link, NavLink } from 'react-router';
import type { Session } from '../../../shared/session/schemas.ts';
import type { LiveSession } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useTitle } from '../../ui/page.tsx';
import { ActivityPage } from '../activity/activity-page.tsx';
import { WaitingBar } from '../outbox/waiting-bar.tsx';
import { PeoplePage } from '../people/people-page.tsx';
import { RecordingMark } from '../recordings/recording-mark.tsx';
import { RecordingsPage } from '../recordings/recordings-page.tsx';
import { SessionSettingsPage } from '../session-settings/session-settings-page.tsx';
import { StatsPage } from '../stats/stats-page.tsx';
import './around.css';
import { placesAround, type PlaceAround } from './places-around.ts';
import { stateWords } from './session-rights.ts';

interface PlaceProps {
  session: Session;
  /** Null until it is open here. */
  live: LiveSession | null;
}

const pages: Record<PlaceAround, (props: PlaceProps) => ReactElement> = {
  people: PeoplePage,
  recordings: RecordingsPage,
  activity: ActivityPage,
  stats: StatsPage,
  settings: SessionSettingsPage,
};

/** `/session/:id/{people,recordings,activity,stats,settings}`. The rehearsal goes on behind them, so that nobody is seen to leave. */
export function SessionAround({ session, live, place }: PlaceProps & { place: PlaceAround }): ReactElement {
  useTitle(`${en.around[place]} · ${session.name}`);
  const Content = pages[place];
  const back = `/session/${session.id}`;
  const state = session.role === null ? en.session.noRole : stateWords(session.status, session.is_dormant);
  return (
    <div className="session-page">
      <header className="bar session-bar">
        <ActionIcon component={Link} to={back} variant="subtle" color="gray" size="lg" aria-label={en.around.back}>
          <ChevronLeft size={20} aria-hidden="true" />
        </ActionIcon>
        <h1 className="bar-title cm-ellipsis">{session.name}</h1>
        <span className={`status-mark status-mark-${session.status}`}>{en.sessions.statuses[session.status]}</span>
        {session.is_recording && place !== 'recordings' && <RecordingMark />}
        <span className="cm-grow" />
        <span className="cm-muted cm-ellipsis">{session.role_label}</span>
      </header>
      <nav className="around-tabs" aria-label={en.around.label}>
        <Link className="page-tab" to={back}>
          {en.around.rehearsal}
        </Link>
        {placesAround.map((each) => (
          <NavLink key={each} to={`${back}/${each}`} className={({ isActive }) => (isActive ? 'page-tab page-tab-here' : 'page-tab')}>
            {en.around[each]}
          </NavLink>
        ))}
      </nav>
      {state !== null && <output className="session-status">{state}</output>}
      {/* WCAG 2.1.1: without the focus nobody could scroll a page without fields by keys. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <main className="around-main" id="content" tabIndex={0}>
        {session.role === null ? (
          <EmptyState icon={<DoorClosed size={28} />} title={en.around.gone} body={en.around.goneBody}>
            <Button component={Link} to={back}>
              {en.around.rehearsal}
            </Button>
          </EmptyState>
        ) : (
          <div className="around-page">
            <WaitingBar sessionId={session.id} />
            <Content session={session} live={live} />
          </div>
        )}
      </main>
    </div>
  );
}
