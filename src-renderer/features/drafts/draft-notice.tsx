import { FileClock } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import type { Session } from '../../../shared/session/schemas.ts';
import { en } from '../../text/en.ts';
import { useMinute } from '../../ui/use-minute.ts';
import type { SessionView } from '../session/session-view.ts';
import { draftWords, unsaidWords } from './draft-words.ts';
import './drafts.css';

interface DraftNoticeProps {
  sessionId: string;
  snapshot: SessionView;
  session: Session | null;
  /** Already on the page of drafts: no way there. */
  isHere?: boolean;
}

/** A quiet line under the header while changes of this person are kept as a draft: nothing is in the way of the chart. */
export function DraftNotice({ sessionId, snapshot, session, isHere = false }: DraftNoticeProps): ReactElement | null {
  const nowMs = useMinute();
  const { draftCount, draftWhy, unsaidCount, unsaidWhy, role } = snapshot;
  if (draftWhy === null && unsaidWhy === null) return null;
  const changes = draftWhy === null ? null : draftWords(draftCount, draftWhy, role, session, nowMs);
  const words = unsaidWhy === null ? null : unsaidWords(unsaidCount, unsaidWhy, role, session, nowMs);
  const both = `${changes ?? ''} ${en.drafts.unsaid.keptToo(unsaidCount)}`;
  return (
    <div className="session-status draft-notice">
      <FileClock size={15} aria-hidden="true" />
      <output>{changes !== null && words !== null ? both : (changes ?? words)}</output>
      {!isHere && <Link to={`/session/${sessionId}/drafts`}>{en.drafts.look}</Link>}
    </div>
  );
}
