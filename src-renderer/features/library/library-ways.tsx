import type { ReactElement } from 'react';
import { NavLink } from 'react-router';
import { en } from '../../text/en.ts';
import './library-ways.css';

const ways = [
  { to: '/library', word: en.library.songs },
  { to: '/library/setlists', word: en.setlists.title },
] as const;

/** The two halves of the library. */
export function LibraryWays(): ReactElement {
  return (
    <nav className="library-ways" aria-label={en.setlists.ways}>
      {ways.map(({ to, word }) => (
        <NavLink key={to} to={to} end className={({ isActive }) => (isActive ? 'page-tab page-tab-here' : 'page-tab')}>
          {word}
        </NavLink>
      ))}
    </nav>
  );
}
