import { ActionIcon, Skeleton } from '@mantine/core';
import { ChevronLeft } from 'lucide-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { Link, useParams } from 'react-router';
import type { Fault } from '../../../shared/base/errors.ts';
import { uuidSchema } from '../../../shared/base/ids.ts';
import { keys, useAppState } from '../../app/queries.ts';
import type { ConnectionState, LiveSession } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { useTitle } from '../../ui/page.tsx';
import { AccountPanel } from '../account/account-panel.tsx';
import { useSession, type SessionInSight } from '../sessions/use-sessions.ts';
import { LostPage } from '../../app/lost-page.tsx';
import { DraftsPage } from '../drafts/drafts-page.tsx';
import { HistoryPage } from '../history/history-page.tsx';
import { useNotedUnsent } from '../outbox/use-noted-unsent.ts';
import { PlaybackPage } from '../playback/playback-page.tsx';
import { Connection } from './connection.tsx';
import { isPlaceAround, type PlaceAround } from './places-around.ts';
import { Rehearsal } from './rehearsal.tsx';
import { SessionAround } from './session-around.tsx';
import { useLiveSession, useSessionView } from './use-live-session.ts';
import { useMessageNotices } from './use-message-notices.ts';
import { useWakeLock } from '../../app/use-wake-lock.ts';
import '../library/song-page.css';
import './chat.css';
import './session.css';

interface WaitingProps {
  name: string;
  /** Null until the session is open on this computer. */
  connection: ConnectionState | null;
  fault: Fault | null;
  onRetry: () => void;
}

/** Before there is anything to show: the shape of what comes, or why nothing does. */
function Waiting({ name, connection, fault, onRetry }: WaitingProps): ReactElement {
  const account = useAppState().data?.account ?? null;
  return (
    <div className="session-page">
      <header className="bar session-bar">
        <ActionIcon component={Link} to="/sessions" variant="subtle" color="gray" size="lg" aria-label={en.session.backToSessions}>
          <ChevronLeft size={20} aria-hidden="true" />
        </ActionIcon>
        <h1 className="bar-title cm-ellipsis">{name}</h1>
        {connection !== null && <Connection state={connection} />}
      </header>
      {fault === null ? (
        <main className="session-skeleton" aria-busy="true">
          <p className="cm-hidden">{en.session.opening}</p>
          {[0, 1, 2, 3].map((at) => (
            <Skeleton key={at} height="100%" radius={0} animate={false} />
          ))}
        </main>
      ) : (
        <main className="session-fault">
          <FaultNotice fault={fault} onRetry={onRetry} />
          {account === null && <AccountPanel />}
        </main>
      )}
    </div>
  );
}

/** Where in the session one is. */
type Place = OpenPlace | PlaceAround;
/** They need the songs, and are there without the server. */
type OpenPlace = 'rehearsal' | 'drafts' | 'history' | 'playback';

/** @param recordingId what follows the place; only recordings have anything there */
function readPlace(text: string | null, recordingId: string | null): Place | null {
  if (text === null) return 'rehearsal';
  if (recordingId !== null) return text === 'recordings' && uuidSchema.safeParse(recordingId).success ? 'playback' : null;
  return text === 'drafts' || text === 'history' || isPlaceAround(text) ? text : null;
}

interface OpenedProps extends SessionInSight {
  live: LiveSession;
  place: OpenPlace;
  onRetry: () => void;
}

/** The session is open here; whether it is ours to see is known with the first word of its server, now or earlier. */
function OpenedSession({ live, place, session, fault, onRetry }: OpenedProps): ReactElement {
  const { phase, connection } = useSessionView(live);
  useMessageNotices(live, session?.name ?? en.session.label);
  useNotedUnsent(live);
  useWakeLock();
  if (phase !== 'opening') {
    const Content = { rehearsal: Rehearsal, drafts: DraftsPage, history: HistoryPage, playback: PlaybackPage }[place];
    return <Content live={live} session={session} />;
  }
  return <Waiting name={session?.name ?? ''} connection={connection} fault={fault} onRetry={onRetry} />;
}

function OpeningSession({ id, place }: { id: string; place: Place }): ReactElement {
  const [attempt, setAttempt] = useState(0);
  const client = useQueryClient();
  const inSight = useSession(id);
  const { live, fault } = useLiveSession(id, attempt);
  const name = inSight.session?.name ?? '';
  useTitle(name === '' ? en.session.label : name);
  const retry = (): void => {
    setAttempt(attempt + 1);
    void client.invalidateQueries({ queryKey: keys.session(id) });
  };
  // The places around it need the server, not the songs.
  if (isPlaceAround(place)) {
    if (inSight.session !== null) return <SessionAround session={inSight.session} live={live} place={place} />;
    return <Waiting name={name} connection={null} fault={inSight.fault} onRetry={retry} />;
  }
  if (live === null) return <Waiting name={name} connection={null} fault={fault} onRetry={retry} />;
  return <OpenedSession live={live} place={place} {...inSight} onRetry={retry} />;
}

/** `/session/:id` and the places around it, also as deep links; it stays open between them. Another account or another session opens anew. */
export function SessionPage(): ReactElement {
  const { id = '', place: asked = null, recordingId = null } = useParams();
  const state = useAppState().data;
  const place = readPlace(asked, recordingId);
  if (!uuidSchema.safeParse(id).success || place === null) return <LostPage />;
  // Who is signed in decides what may be opened: it is known before anything is.
  if (state === undefined) return <div className="session-page" aria-busy="true" />;
  return <OpeningSession key={`${id} ${state.account?.id ?? ''}`} id={id} place={place} />;
}
