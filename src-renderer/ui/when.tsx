import type { ReactElement } from 'react';
import { en } from '../text/en.ts';
import { relativeTime } from './relative-time.ts';
import { useMinute } from './use-minute.ts';

/** Made once: making one takes longer than drawing a row. */
const exact = new Intl.DateTimeFormat(undefined, {
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

/** A moment in words as of `nowMs`, the exact one on hover: for lists, in which one clock goes for all. */
export function WhenSeen({ at, nowMs }: { at: string; nowMs: number }): ReactElement {
  const date = new Date(at);
  return (
    <time dateTime={at} title={exact.format(date)}>
      {relativeTime(date.getTime(), nowMs, en.time.now)}
    </time>
  );
}

/** The same with a clock of its own. */
export function When({ at }: { at: string }): ReactElement {
  return <WhenSeen at={at} nowMs={useMinute()} />;
}
