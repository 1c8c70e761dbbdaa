import { useQuery } from '@tanstack/react-query';
import { FileClock } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { ask } from '../../app/ask.ts';
import { useBridge } from '../../app/parts.tsx';
import { keys, useKnownSessions } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import './drafts.css';

/** How many changes are in drafts, by session. */
export function useDraftSessions(): ReadonlyMap<string, number> {
  const bridge = useBridge();
  const found = useQuery({ queryKey: keys.draftSessions, queryFn: () => ask(bridge, 'drafts.sessions', {}) });
  return new Map((found.data ?? []).map(({ session_id, change_count }) => [session_id, change_count]));
}

/** In the library too, drafts are in sight: also of a session that one is no longer in. */
export function DraftsInLibrary(): ReactElement | null {
  const drafts = useDraftSessions();
  const known = useKnownSessions().data ?? [];
  if (drafts.size === 0) return null;
  return (
    <ul className="drafts-in-library" aria-label={en.drafts.list}>
      {[...drafts].map(([id, count]) => (
        <li key={id} className="quiet-bar">
          <FileClock size={16} aria-hidden="true" />
          <span>{en.drafts.inLibrary(count, known.find((session) => session.id === id)?.name ?? en.drafts.someSession)}</span>
          <Link to={`/session/${id}/drafts`}>{en.drafts.look}</Link>
        </li>
      ))}
    </ul>
  );
}
