import { Clock } from 'lucide-react';
import type { ReactElement } from 'react';
import { NavLink } from 'react-router';
import { useAppState } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { useOutbox } from './use-outbox.ts';
import './outbox.css';

/** In the rail while something waits: who has nothing waiting need not know the place. */
export function WaitingPlace(): ReactElement | null {
  const { items = [], unsent = [] } = useOutbox().data ?? {};
  const isReachable = useAppState().data?.server?.is_reachable === true;
  // With the server in reach, changes are on their way all the time.
  const count = items.length + (isReachable ? 0 : unsent.length);
  if (count === 0) return null;
  return (
    <NavLink to="/waiting" className={({ isActive }) => (isActive ? 'rail-place rail-here' : 'rail-place')}>
      <Clock size={21} strokeWidth={1.75} aria-hidden="true" />
      <span>{en.outbox.rail}</span>
      <span className="rail-count">
        <span aria-hidden="true">{count}</span>
        <span className="cm-hidden">{en.outbox.count(count)}</span>
      </span>
    </NavLink>
  );
}
