import { Button } from '@mantine/core';
import { DoorOpen } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { Session } from '../../../shared/session/schemas.ts';
import type { LiveSession } from '../../session/live-session.ts';
import type { SessionView } from './session-view.ts';
import { en } from '../../text/en.ts';
import { ChatPane } from './chat-pane.tsx';
import { JoinCode } from './join-code.tsx';
import { PeopleList } from './people-list.tsx';
import { mayWrite, roleLabel } from './session-rights.ts';
import { useSessionActions } from './use-session-actions.tsx';

export interface SideProps {
  live: LiveSession;
  snapshot: SessionView;
  session: Session | null;
}

/** Why this person cannot write in the chat now; null when they can. */
function whyNoChat(snapshot: SessionView, session: Session | null): string | null {
  if (mayWrite('chat', snapshot)) return null;
  if (snapshot.role === null) return en.session.noRole;
  return snapshot.permissions.includes('chat') ? en.chat.closed : en.chat.notPermitted(roleLabel(snapshot.role, session));
}

function Leave({ session }: { session: Session }): ReactElement {
  const { leave } = useSessionActions(session);
  return (
    <Button variant="subtle" color="gray" size="compact-sm" leftSection={<DoorOpen size={15} aria-hidden="true" />} onClick={leave}>
      {en.session.leave}
    </Button>
  );
}

/** Who is here, how others come in, and the way out. */
export function People({ snapshot, session }: SideProps): ReactElement {
  const code = session?.join_code ?? null;
  return (
    <>
      <PeopleList people={snapshot.people} session={session} />
      <div className="people-foot">
        {code !== null && <JoinCode code={code} />}
        {session !== null && <Leave session={session} />}
      </div>
    </>
  );
}

export function Chat({ live, snapshot, session }: SideProps): ReactElement {
  return <ChatPane lines={snapshot.chat} whyNot={whyNoChat(snapshot, session)} onSend={(text) => live.sendMessage(text)} />;
}

type Tab = 'people' | 'chat';

/** People above, chat below; where the window is narrower, one of them at a time. */
export function SidePanel(props: SideProps & { isWide: boolean }): ReactElement {
  const [tab, setTab] = useState<Tab>('chat');
  const { isWide } = props;
  return (
    <aside className="pane side" aria-label={`${en.people.title}, ${en.chat.title}`}>
      {isWide ? (
        <>
          <header className="pane-head">
            <h2>{en.people.title}</h2>
          </header>
          <div className="side-people">
            <People {...props} />
          </div>
          <header className="pane-head side-chat-head">
            <h2>{en.chat.title}</h2>
          </header>
          <Chat {...props} />
        </>
      ) : (
        <>
          <div className="side-tabs">
            {(['people', 'chat'] as const).map((each) => (
              <button key={each} type="button" className="side-tab" aria-pressed={each === tab} onClick={() => setTab(each)}>
                {en[each].title}
              </button>
            ))}
          </div>
          {tab === 'people' ? <People {...props} /> : <Chat {...props} />}
        </>
      )}
    </aside>
  );
}
