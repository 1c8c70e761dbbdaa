import { BookOpen, LayoutTemplate, Mail, Search, Settings, UsersRound, type LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';
import { NavLink, Outlet, useLocation } from 'react-router';
import { useInvitations } from '../features/invitations/use-invitations.ts';
import { WaitingPlace } from '../features/outbox/waiting-place.tsx';
import { RecoveryNotice } from '../features/recovery/recovery-notice.tsx';
import { en } from '../text/en.ts';
import { PersonBadge } from '../ui/person-badge.tsx';
import { runCommand } from './run-command.ts';
import { useAppState } from './queries.ts';
import './shell.css';

const places: readonly { to: string; word: string; icon: LucideIcon; also?: readonly string[] }[] = [
  { to: '/library', word: en.places.library, icon: BookOpen, also: ['/song/', '/setlist/'] },
  { to: '/sessions', word: en.places.sessions, icon: UsersRound, also: ['/join'] },
  { to: '/invitations', word: en.places.invitations, icon: Mail },
  { to: '/templates', word: en.places.templates, icon: LayoutTemplate },
  { to: '/settings', word: en.places.settings, icon: Settings },
];

/** How many wait for an answer, in sight from everywhere. */
function InvitationCount(): ReactElement | null {
  const count = useInvitations().data?.length ?? 0;
  if (count === 0) return null;
  return (
    <span className="rail-count">
      <span aria-hidden="true">{count}</span>
      <span className="cm-hidden">{en.invitations.waiting(count)}</span>
    </span>
  );
}

/** The rail of places beside the page. A session fills the whole window and has no rail. */
export function Shell(): ReactElement {
  const account = useAppState().data?.account ?? null;
  const { pathname } = useLocation();
  return (
    <div className="shell">
      <a className="cm-skip" href="#content">
        {en.app.skipToContent}
      </a>
      <nav className="rail" aria-label={en.places.label}>
        {places.map(({ to, word, icon: Icon, also = [] }) => (
          <NavLink
            key={to}
            to={to}
            className={({ isActive }) =>
              isActive || also.some((each) => pathname.startsWith(each)) ? 'rail-place rail-here' : 'rail-place'
            }
          >
            <Icon size={21} strokeWidth={1.75} aria-hidden="true" />
            <span>{word}</span>
            {to === '/invitations' && <InvitationCount />}
          </NavLink>
        ))}
        <WaitingPlace />
        <span className="rail-space" />
        <button type="button" className="rail-place" onClick={() => runCommand('find')}>
          <Search size={21} strokeWidth={1.75} aria-hidden="true" />
          <span>{en.places.find}</span>
        </button>
        {account !== null && (
          <NavLink to="/settings#account" className="rail-place rail-person" title={en.account.signedInAs(account.name)}>
            <PersonBadge name={account.name} color={account.color} size={30} />
            <span className="cm-hidden">{en.account.signedInAs(account.name)}</span>
          </NavLink>
        )}
      </nav>
      <main id="content" className="shell-main" tabIndex={-1}>
        <RecoveryNotice />
        <Outlet />
      </main>
    </div>
  );
}
