import type { CSSProperties, ReactElement } from 'react';
import { initials, inkOn } from './initials.ts';
import './ui.css';

interface PersonBadgeProps {
  name: string;
  color: string;
  size?: number;
  isAway?: boolean;
}

/** The round sign of a person, in their colour. Decoration: the name stands beside it or in a title. */
export function PersonBadge({ name, color, size = 28, isAway = false }: PersonBadgeProps): ReactElement {
  const style: CSSProperties = { width: size, height: size, fontSize: size * 0.42, background: color, color: inkOn(color) };
  return (
    <span className={isAway ? 'person-badge person-badge-away' : 'person-badge'} style={style} aria-hidden="true">
      {initials(name)}
    </span>
  );
}
