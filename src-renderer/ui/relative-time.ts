const steps = [
  { unit: 'year', seconds: 31_557_600 },
  { unit: 'month', seconds: 2_629_800 },
  { unit: 'week', seconds: 604_800 },
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
] as const;

/** "3 hours ago", "in 2 days"; `justNow` below a minute. Rounds towards now. */
export function relativeTime(atMs: number, nowMs: number, justNow: string, locale = 'en'): string {
  const seconds = Math.round((atMs - nowMs) / 1_000);
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  for (const { unit, seconds: size } of steps) {
    if (Math.abs(seconds) >= size) return words.format(Math.trunc(seconds / size), unit);
  }
  return justNow;
}
