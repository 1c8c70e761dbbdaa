import { FileClock } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import type { Session } from '../../../shared/session/schemas.ts';
import { en } from '../../text/en.ts';
import { useMinute } from '../../ui/use-minute.ts';
import type { SessionView } from '../session/session-view.ts';
import { draftWords } from './draft-words.ts';
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
  const { draftCount, draftWhy, role } = snapshot;
  if (draftWhy === null) return null;
  return (
    <div className="session-status draft-notice">
      <FileClock size={15} aria-hidden="true" />
      <output>{draftWords(draftCount, draftWhy, role, session, nowMs)}</output>
      {!isHere && <Link to={`/session/${sessionId}/drafts`}>{en.drafts.look}</Link>}
    </div>
  );
}
