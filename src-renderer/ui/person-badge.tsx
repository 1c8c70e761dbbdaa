import type { CSSProperties, ReactElement } from 'react';
import { initials, inkOn } from './initials.ts';
import './ui.css';

interface PersonBadgeProps {
  name: string;
  color: string;
  size?: number;
  isAway?: boolean;
}

/** The round sign of a person, in their colour; only a ring of it while they are away. Decoration: the name stands beside it or in a title. */
export function PersonBadge({ name, color, size = 28, isAway = false }: PersonBadgeProps): ReactElement {
  const look: CSSProperties = isAway
    ? { border: `2px solid ${color}`, color: 'var(--cm-muted)' }
    : { background: color, color: inkOn(color) };
  const style: CSSProperties = { width: size, height: size, fontSize: size * 0.42, ...look };
  return (
    <span className="person-badge" style={style} aria-hidden="true">
      {initials(name)}
    </span>
  );
}
