import type { LibrarySongHead } from '../../../shared/ipc/library.ts';
import { en } from '../../text/en.ts';

/** Songs for a native select: by title; where two share one, by artist too. */
export function songChoices(songs: readonly LibrarySongHead[]): { value: string; label: string }[] {
  const times = new Map<string, number>();
  for (const { title } of songs) times.set(title, (times.get(title) ?? 0) + 1);
  return songs.map(({ id, title, artist }) => {
    const shown = title === '' ? en.library.untitled : title;
    return { value: id, label: artist !== '' && (times.get(title) ?? 0) > 1 ? `${shown} (${artist})` : shown };
  });
}
