import { Button, NativeSelect, Skeleton } from '@mantine/core';
import { CloudOff, FileClock, Music2, Plus, UsersRound } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { Session } from '../../../shared/session/schemas.ts';
import { en } from '../../text/en.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { When } from '../../ui/when.tsx';
import { useDraftSessions } from '../drafts/drafts-in-library.tsx';
import { PreparedRows } from '../outbox/prepared-rows.tsx';
import { isStatusFilter, sessionsOf, statusFilters, type StatusFilter } from './session-filter.ts';
import { useSessionsInSight } from './use-sessions.ts';
import './sessions.css';

export interface SessionListProps {
  onSessionSelect: (session: Session) => void;
  onCreateSession?: () => void;
  /** Where the filter begins; the person may change it. */
  statusFilter?: StatusFilter;
  showCreateButton?: boolean;
}

function SessionRow({ session, hasDraft, onSelect }: { session: Session; hasDraft: boolean; onSelect: () => void }): ReactElement {
  return (
    <li>
      <button type="button" className="session-row" onClick={onSelect}>
        <span className="session-row-main">
          <span className="session-row-name cm-ellipsis">{session.name}</span>
          <span className="session-row-song cm-muted cm-ellipsis">
            {hasDraft && (
              <span className="draft-mark">
                <FileClock size={12} aria-hidden="true" /> {en.drafts.mark}
              </span>
            )}
            {session.song !== null && session.song.title !== '' && (
              <>
                <Music2 size={13} aria-hidden="true" /> {session.song.title}
              </>
            )}
          </span>
        </span>
        <span className="session-row-role cm-muted">{session.role === null ? en.sessions.gone : session.role_label}</span>
        <span className="session-row-seats cm-muted">
          <UsersRound size={14} aria-hidden="true" /> {en.sessions.people(session.participant_count, session.max_participants)}
        </span>
        <span className="session-row-when cm-muted">
          <When at={session.last_activity_at} />
        </span>
        <span className={`status-mark status-mark-${session.status}`}>{en.sessions.statuses[session.status]}</span>
      </button>
    </li>
  );
}

/** The sessions of this person, also without a network. */
export function SessionList({
  onSessionSelect,
  onCreateSession,
  statusFilter = 'all',
  showCreateButton = true,
}: SessionListProps): ReactElement {
  const { sessions, isOffline } = useSessionsInSight();
  const drafts = useDraftSessions();
  const [filter, setFilter] = useState<StatusFilter>(statusFilter);
  const shown = sessions === null ? null : sessionsOf(sessions, filter);
  const create = showCreateButton && onCreateSession !== undefined && (
    <Button leftSection={<Plus size={16} aria-hidden="true" />} onClick={onCreateSession}>
      {en.sessions.newSession}
    </Button>
  );

  return (
    <section className="session-list" aria-label={en.sessions.list}>
      <div className="session-list-head">
        <NativeSelect
          aria-label={en.sessions.status}
          value={filter}
          data={statusFilters.map((value) => ({ value, label: value === 'all' ? en.sessions.all : en.sessions.statuses[value] }))}
          onChange={({ currentTarget: { value } }) => {
            if (isStatusFilter(value)) setFilter(value);
          }}
        />
        <span className="cm-grow" />
        {create}
      </div>
      {isOffline && (
        <output className="quiet-bar">
          <CloudOff size={16} aria-hidden="true" /> {en.sessions.offline}
        </output>
      )}
      <PreparedRows />
      {shown === null && (
        <div className="card session-skeletons" aria-hidden="true">
          {[0, 1, 2].map((at) => (
            <Skeleton key={at} height={20} radius="sm" />
          ))}
        </div>
      )}
      {shown !== null && shown.length === 0 && (
        <EmptyState
          icon={<UsersRound size={28} />}
          title={filter === 'all' ? en.sessions.emptyTitle : en.sessions.emptyFilter(en.sessions.statuses[filter])}
          {...(filter === 'all' ? { body: en.sessions.emptyBody } : {})}
        />
      )}
      {shown !== null && shown.length > 0 && (
        <ul className="card session-rows">
          {shown.map((session) => (
            <SessionRow key={session.id} session={session} hasDraft={drafts.has(session.id)} onSelect={() => onSessionSelect(session)} />
          ))}
        </ul>
      )}
    </section>
  );
}
