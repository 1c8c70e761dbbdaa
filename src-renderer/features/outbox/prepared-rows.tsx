import { CloudOff } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { en } from '../../text/en.ts';
import { useOutbox } from './use-outbox.ts';

const words = en.outbox.prepared;

/** Sessions that are not made yet, before those that are. */
export function PreparedRows(): ReactElement | null {
  const prepared = (useOutbox().data?.items ?? []).flatMap((item) => (item.kind === 'session' ? [item] : []));
  if (prepared.length === 0) return null;
  return (
    <ul className="card session-rows" aria-label={words.list}>
      {prepared.map(({ id, plan, state }) => (
        <li key={id}>
          <Link to={`/sessions/prepared/${id}`} className="session-row prepared-session">
            <span className="session-row-main">
              <span className="session-row-name cm-ellipsis">{plan.name}</span>
              <span className="session-row-song cm-muted cm-ellipsis">
                <CloudOff size={13} aria-hidden="true" /> {words.mark}
              </span>
            </span>
            <span className={`status-mark status-mark-${state === 'refused' ? 'refused' : 'scheduled'}`}>{en.outbox.states[state]}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
