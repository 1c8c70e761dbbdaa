import type { ReactElement } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useKeyCommands } from '../../app/use-key-commands.ts';
import { useAppState, useKnownSessions } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { Page } from '../../ui/page.tsx';
import { NearbyServers } from '../settings/nearby-servers.tsx';
import { AccountPanel } from '../account/account-panel.tsx';
import { CreateSessionModal } from './create-session-modal.tsx';
import { JoinForm } from './join-form.tsx';
import { SessionList } from './session-list.tsx';

/** Sessions: mine, a new one, or one to join. `?new=1&song=…&template=…`, with `setlist=…` instead of a song, opens the form, so that other places can lead here. */
export function SessionsPage(): ReactElement {
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const state = useAppState().data;
  const known = useKnownSessions().data ?? [];
  const isSignedIn = state?.account !== null && state !== undefined;
  const isNew = search.get('new') === '1';
  const startNew = (): void => setSearch({ new: '1' });
  useKeyCommands(isSignedIn ? { new: startNew } : {});

  const open = (id: string): void => void navigate(`/session/${id}`);
  if (state === undefined) return <Page title={en.sessions.title}>{null}</Page>;
  if (!isSignedIn) {
    return (
      <Page title={en.sessions.title}>
        <div className="sessions-signed-out">
          <div className="join-ways">
            <AccountPanel />
            <section className="card join-card" aria-label={en.sessions.joinTitle}>
              <h2 className="card-title">{en.sessions.joinTitle}</h2>
              <p className="cm-muted">{en.sessions.joinLead}</p>
              <JoinForm onJoined={null} />
              <NearbyServers />
            </section>
          </div>
          {known.length > 0 && <SessionList onSessionSelect={(session) => open(session.id)} showCreateButton={false} />}
        </div>
      </Page>
    );
  }
  return (
    <Page title={en.sessions.title}>
      <div className="sessions-columns">
        <SessionList onSessionSelect={(session) => open(session.id)} onCreateSession={startNew} />
        <aside className="card join-card" aria-label={en.sessions.joinTitle}>
          <h2 className="card-title">{en.sessions.joinTitle}</h2>
          <p className="cm-muted">{en.sessions.joinLead}</p>
          <JoinForm onJoined={(session) => open(session.id)} />
        </aside>
      </div>
      <CreateSessionModal
        isOpen={isNew}
        onClose={() => setSearch({}, { replace: true })}
        onSessionCreated={(session) => void navigate(`/session/${session.id}`, { replace: true })}
        onPrepared={(id) => void navigate(`/sessions/prepared/${id}`, { replace: true })}
        beginWith={search.get('song') ?? search.get('setlist') ?? undefined}
        templateId={search.get('template') ?? undefined}
      />
    </Page>
  );
}
