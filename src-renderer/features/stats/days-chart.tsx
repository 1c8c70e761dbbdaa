import type { ReactElement } from 'react';
import type { SessionStats } from '../../../shared/session/history-schemas.ts';
import { en } from '../../text/en.ts';
import { dayBars, totalOf, type DayBar } from './day-bars.ts';

const words = en.stats;
const height = 120;
const barWidth = 14;
const gap = 4;
const parts = ['edits', 'comments', 'messages'] as const;

function Bar({ bar, at, most }: { bar: DayBar; at: number; most: number }): ReactElement {
  const sizes = parts.map((part) => (bar[part] / most) * height);
  return (
    <g>
      <title>{`${bar.day}: ${String(totalOf(bar))}`}</title>
      {parts.map((part, index) => {
        const size = sizes[index] ?? 0;
        // Each stands on those before it.
        const top = height - sizes.slice(0, index + 1).reduce((sum, each) => sum + each, 0);
        return size === 0 ? null : (
          <rect key={part} className={`bar-${part}`} x={at * (barWidth + gap)} y={top} width={barWidth} height={size} rx={1} />
        );
      })}
    </g>
  );
}

/** How much was written each day, as bars and as a table. */
export function DaysChart({ days }: { days: SessionStats['days'] }): ReactElement | null {
  const bars = dayBars(days);
  const [first, last] = [bars[0], bars.at(-1)];
  if (first === undefined || last === undefined) return null;
  const most = Math.max(1, ...bars.map(totalOf));
  const width = bars.length * (barWidth + gap);
  return (
    <>
      <ul className="bar-legend" aria-hidden="true">
        {parts.map((part) => (
          <li key={part}>
            <span className={`bar-key bar-key-${part}`} /> {words[part]}
          </li>
        ))}
      </ul>
      <svg
        className="days-chart"
        viewBox={`0 0 ${String(width)} ${String(height)}`}
        style={{ width: `min(100%, ${String(width * 1.6)}px)` }}
        // Drawn here: an image element would need its picture as an address.
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
        role="img"
        aria-label={words.daysOf(first.day, last.day, most)}
      >
        {bars.map((bar, at) => (
          <Bar key={bar.day} bar={bar} at={at} most={most} />
        ))}
      </svg>
      <p className="days-ends cm-muted cm-small" aria-hidden="true">
        <span>{first.day}</span>
        {last !== first && <span>{last.day}</span>}
      </p>
      <details>
        <summary>{words.asTable}</summary>
        <table className="stats-table">
          <thead>
            <tr>
              <th scope="col">{words.day}</th>
              {parts.map((part) => (
                <th key={part} scope="col">
                  {words[part]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.toReversed().map((day) => (
              <tr key={day.day}>
                <th scope="row">{day.day}</th>
                {parts.map((part) => (
                  <td key={part}>{day[part]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}
