import { ActionIcon, Skeleton } from '@mantine/core';
import { ChevronLeft } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { Link, useParams } from 'react-router';
import { uuidSchema } from '../../../shared/base/ids.ts';
import { useAppState } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { useTitle } from '../../ui/page.tsx';
import { AccountPanel } from '../account/account-panel.tsx';
import { useSession } from '../sessions/use-sessions.ts';
import { LostPage } from '../../app/lost-page.tsx';
import { Rehearsal } from './rehearsal.tsx';
import { useLiveSession } from './use-live-session.ts';
import '../library/song-page.css';
import './session.css';

function BareHeader({ name }: { name: string }): ReactElement {
  return (
    <header className="bar session-bar">
      <ActionIcon component={Link} to="/sessions" variant="subtle" color="gray" size="lg" aria-label={en.session.backToSessions}>
        <ChevronLeft size={20} aria-hidden="true" />
      </ActionIcon>
      <h1 className="bar-title cm-ellipsis">{name}</h1>
    </header>
  );
}

function OpeningSession({ id }: { id: string }): ReactElement {
  const [attempt, setAttempt] = useState(0);
  const session = useSession(id).data ?? null;
  const account = useAppState().data?.account ?? null;
  const { live, fault } = useLiveSession(id, attempt);
  useTitle(session?.name ?? en.session.label);
  if (live !== null) return <Rehearsal live={live} session={session} />;
  return (
    <div className="session-page">
      <BareHeader name={session?.name ?? ''} />
      {fault === null ? (
        <main className="session-skeleton" aria-busy="true">
          <p className="cm-hidden">{en.session.opening}</p>
          {[0, 1, 2, 3].map((at) => (
            <Skeleton key={at} height="100%" radius={0} animate={false} />
          ))}
        </main>
      ) : (
        <main className="session-fault">
          <FaultNotice fault={fault} onRetry={() => setAttempt(attempt + 1)} />
          {account === null && <AccountPanel />}
        </main>
      )}
    </div>
  );
}

/** `/session/:id`, also as a deep link. Another account or another session opens anew. */
export function SessionPage(): ReactElement {
  const { id = '' } = useParams();
  const state = useAppState().data;
  if (!uuidSchema.safeParse(id).success) return <LostPage />;
  // Who is signed in decides what may be opened: it is known before anything is.
  if (state === undefined) return <div className="session-page" aria-busy="true" />;
  return <OpeningSession key={`${id} ${state.account?.id ?? ''}`} id={id} />;
}
