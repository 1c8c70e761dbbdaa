import { Clock } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { en } from '../../text/en.ts';
import { useOutbox } from './use-outbox.ts';
import './outbox.css';

/** What one did to a session and does not see yet, since the server has not heard of it. */
export function WaitingBar({ sessionId }: { sessionId: string }): ReactElement | null {
  const items = useOutbox().data?.items ?? [];
  const count = items.filter((item) => item.kind === 'request' && item.session_id === sessionId).length;
  if (count === 0) return null;
  return (
    <output className="quiet-bar">
      <Clock size={15} aria-hidden="true" />
      <span className="cm-grow">{en.outbox.ofSession(count)}</span>
      <Link to="/waiting">{en.outbox.show}</Link>
    </output>
  );
}
