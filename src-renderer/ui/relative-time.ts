const steps = [
  { unit: 'year', seconds: 31_557_600 },
  { unit: 'month', seconds: 2_629_800 },
  { unit: 'week', seconds: 604_800 },
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
] as const;

/** Made once for each language: making one takes longer than drawing a row. */
const formats = new Map<string, Intl.RelativeTimeFormat>();

function formatOf(locale: string): Intl.RelativeTimeFormat {
  const known = formats.get(locale) ?? new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  formats.set(locale, known);
  return known;
}

/** "3 hours ago", "in 2 days"; `justNow` below a minute. Rounds towards now. */
export function relativeTime(atMs: number, nowMs: number, justNow: string, locale = 'en'): string {
  const seconds = Math.round((atMs - nowMs) / 1_000);
  for (const { unit, seconds: size } of steps) {
    if (Math.abs(seconds) >= size) return formatOf(locale).format(Math.trunc(seconds / size), unit);
  }
  return justNow;
}
