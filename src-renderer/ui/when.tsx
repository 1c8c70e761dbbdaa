import type { ReactElement } from 'react';
import { en } from '../text/en.ts';
import { relativeTime } from './relative-time.ts';
import { useMinute } from './use-minute.ts';

/** A moment in words, the exact one on hover. */
export function When({ at }: { at: string }): ReactElement {
  const nowMs = useMinute();
  const date = new Date(at);
  return (
    <time dateTime={at} title={date.toLocaleString()}>
      {relativeTime(date.getTime(), nowMs, en.time.now)}
    </time>
  );
}
