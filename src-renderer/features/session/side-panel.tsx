import { Button } from '@mantine/core';
import { DoorOpen } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Session } from '../../../shared/session/schemas.ts';
import type { LiveSession } from '../../session/live-session.ts';
import type { SessionView } from './session-view.ts';
import { en } from '../../text/en.ts';
import { BannedPeople } from './banned-people.tsx';
import { ChatPane } from './chat-pane.tsx';
import { JoinCode } from './join-code.tsx';
import { CommentsPane } from './comments-pane.tsx';
import type { PanesProps, SideTab } from './panes.ts';
import { MarksPane } from './marks-pane.tsx';
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
      <PeopleList people={snapshot.people} role={snapshot.role} session={session} />
      {session !== null && snapshot.permissions.includes('manage_participants') && <BannedPeople session={session} />}
      <div className="people-foot">
        {code !== null && <JoinCode code={code} />}
        {session !== null && snapshot.role !== null && <Leave session={session} />}
      </div>
    </>
  );
}

export function Chat({ live, snapshot, session }: PanesProps): ReactElement {
  return <ChatPane live={live} lines={snapshot.chat} whyNot={whyNoChat(snapshot, session)} mayModerate={mayWrite('moderate', snapshot)} />;
}

export function Comments({ live, snapshot, current, gone, commenting }: PanesProps): ReactElement {
  const mayModerate = mayWrite('moderate', snapshot);
  return (
    <CommentsPane live={live} threads={snapshot.comments} gone={gone} current={current} commenting={commenting} mayModerate={mayModerate} />
  );
}

export function Marks({ live, snapshot, current, onChoose }: PanesProps): ReactElement {
  return (
    <MarksPane
      live={live}
      marks={snapshot.marks}
      setlist={snapshot.setlist}
      current={current}
      mayMark={mayWrite('record', snapshot)}
      onChoose={onChoose}
    />
  );
}

interface TabsProps {
  tabs: readonly SideTab[];
  tab: SideTab;
  /** Comments that are not resolved. */
  openCount: number;
  onTab: (tab: SideTab) => void;
}

function Tabs({ tabs, tab, openCount, onTab }: TabsProps): ReactElement {
  return (
    <div className="side-tabs">
      {tabs.map((each) => (
        <button key={each} type="button" className="side-tab" aria-pressed={each === tab} onClick={() => onTab(each)}>
          {en[each].title}
          {each === 'comments' && openCount > 0 && <span className="side-count"> {openCount}</span>}
        </button>
      ))}
    </div>
  );
}

/** People above, chat or comments below; where the window is narrower, one of them at a time. */
export function SidePanel(props: PanesProps & { isWide: boolean }): ReactElement {
  const { isWide, snapshot, sideTab, onSideTab } = props;
  const tab = isWide && sideTab === 'people' ? 'chat' : sideTab;
  const openCount = snapshot.comments.filter((thread) => !thread.is_resolved).length;
  return (
    <aside className="pane side" aria-label={`${en.people.title}, ${en.chat.title}, ${en.comments.title}`}>
      {isWide && (
        <>
          <header className="pane-head">
            <h2>{en.people.title}</h2>
          </header>
          <div className="side-people">
            <People {...props} />
          </div>
        </>
      )}
      <div className={isWide ? 'side-chat-head' : ''}>
        <Tabs
          tabs={isWide ? ['chat', 'comments', 'marks'] : ['people', 'chat', 'comments', 'marks']}
          tab={tab}
          openCount={openCount}
          onTab={onSideTab}
        />
      </div>
      {tab === 'people' && <People {...props} />}
      {tab === 'chat' && <Chat {...props} />}
      {tab === 'comments' && <Comments {...props} />}
      {tab === 'marks' && <Marks {...props} />}
    </aside>
  );
}
