import { en } from '../text/en.ts';

const seconds = { minutes: 60, hours: 3_600, days: 86_400 } as const;
const longestSeconds = 366 * seconds.days;
export const spanUnits = ['minutes', 'hours', 'days'] as const;
export type SpanUnit = (typeof spanUnits)[number];

/** A length of time as somebody types it. */
export interface Span {
  count: string;
  unit: SpanUnit;
}

/** The largest unit that says it whole, else minutes, rounded up: nothing shorter is typed. */
export function toSpan(length: number): Span {
  const unit = spanUnits.toReversed().find((each) => length % seconds[each] === 0) ?? 'minutes';
  return { count: String(Math.ceil(length / seconds[unit])), unit };
}

/** Seconds; null: no number, 'beyond': more than a year. */
export function readSpan({ count, unit }: Span): number | 'beyond' | null {
  const text = count.trim();
  if (!/^\d{1,6}$/u.test(text) || Number(text) < 1) return null;
  const length = Number(text) * seconds[unit];
  return length > longestSeconds ? 'beyond' : length;
}

/** "30 days", "12 hours", "5 minutes". */
export function spanWords(length: number): string {
  const { count, unit } = toSpan(length);
  return en.time.spans[unit](Number(count));
}
