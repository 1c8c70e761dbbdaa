import { ActionIcon, Button } from '@mantine/core';
import { ChevronLeft, FileClock } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { Link } from 'react-router';
import type { Session } from '../../../shared/session/schemas.ts';
import type { LiveSession } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Connection } from '../session/connection.tsx';
import { whyReadOnly } from '../session/session-rights.ts';
import { useSessionView } from '../session/use-live-session.ts';
import { DraftNotice } from './draft-notice.tsx';
import { DraftView, titleOf } from './draft-view.tsx';
import './drafts.css';
import { UnsaidView } from './unsaid-view.tsx';
import { useDrafts } from './use-drafts.ts';

/** In the place of a draft's first mark. */
const onWords = 'words';

/** `/session/:id/drafts`: one's own refused changes, each beside its song. The session stays open behind it. */
export function DraftsPage({ live, session }: { live: LiveSession; session: Session | null }): ReactElement {
  const snapshot = useSessionView(live);
  const drafts = useDrafts(live);
  const unsaid = live.drafts.unsaid.list();
  const [chosen, choose] = useState<string | null>(null);
  const draft = drafts.find(({ marks }) => marks[0] === chosen) ?? drafts[0];
  const isOnWords = unsaid.length > 0 && (chosen === onWords || draft === undefined);
  const mayWrite = snapshot.permissions.includes('chat') || snapshot.permissions.includes('comment');
  const back = `/session/${live.sessionId}`;
  return (
    <div className="session-page">
      <header className="bar session-bar">
        <ActionIcon component={Link} to={back} variant="subtle" color="gray" size="lg" aria-label={en.drafts.back}>
          <ChevronLeft size={20} aria-hidden="true" />
        </ActionIcon>
        <h1 className="bar-title cm-ellipsis">
          {en.drafts.title}
          {session !== null && <span className="cm-muted"> · {session.name}</span>}
        </h1>
        <Connection state={snapshot.connection} />
      </header>
      <DraftNotice sessionId={live.sessionId} snapshot={snapshot} session={session} isHere />
      <main className="drafts-main" id="content">
        {drafts.length + Math.min(unsaid.length, 1) > 1 && (
          <nav className="drafts-list" aria-label={en.drafts.list}>
            {drafts.map((each) => (
              <button
                key={each.marks[0]}
                type="button"
                className="draft-choice"
                aria-pressed={each === draft && !isOnWords}
                onClick={() => choose(each.marks[0] ?? null)}
              >
                <span className="cm-ellipsis">{titleOf(each)}</span>
                <span className="cm-muted cm-small">{en.drafts.changes(each.entry_count)}</span>
              </button>
            ))}
            {unsaid.length > 0 && (
              <button type="button" className="draft-choice" aria-pressed={isOnWords} onClick={() => choose(onWords)}>
                <span className="cm-ellipsis">{en.drafts.unsaid.title}</span>
                <span className="cm-muted cm-small">{en.drafts.unsaid.count(unsaid.length)}</span>
              </button>
            )}
          </nav>
        )}
        {isOnWords && <UnsaidView live={live} list={unsaid} mayWrite={mayWrite} />}
        {!isOnWords && draft === undefined && (
          <EmptyState icon={<FileClock size={28} />} title={en.drafts.emptyTitle} body={en.drafts.emptyBody}>
            <Button component={Link} to={back}>
              {en.drafts.back}
            </Button>
          </EmptyState>
        )}
        {!isOnWords && draft !== undefined && (
          <DraftView key={draft.marks[0]} live={live} draft={draft} whyNot={whyReadOnly(snapshot, session)} />
        )}
      </main>
    </div>
  );
}
