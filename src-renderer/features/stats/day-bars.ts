import type { SessionStats } from '../../../shared/session/history-schemas.ts';

export interface DayBar {
  day: string;
  edits: number;
  comments: number;
  messages: number;
}

const dayMs = 24 * 60 * 60 * 1_000;
/** As many bars as stand beside each other on a narrow screen; older ones are in the table. */
export const shownDays = 31;

function dayAt(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** The last days up to the newest one on which something was written, those without anything among them. */
export function dayBars(days: SessionStats['days']): readonly DayBar[] {
  const newest = days.at(-1)?.day;
  const oldest = days[0]?.day;
  if (newest === undefined || oldest === undefined) return [];
  const counted = new Map(days.map((day) => [day.day, day]));
  const end = Date.parse(newest);
  const count = Math.min(shownDays, Math.round((end - Date.parse(oldest)) / dayMs) + 1);
  return Array.from({ length: count }, (_, at) => {
    const day = dayAt(end - (count - 1 - at) * dayMs);
    const { edits = 0, comments = 0, messages = 0 } = counted.get(day) ?? {};
    return { day, edits, comments, messages };
  });
}

export function totalOf({ edits, comments, messages }: Omit<DayBar, 'day'>): number {
  return edits + comments + messages;
}
