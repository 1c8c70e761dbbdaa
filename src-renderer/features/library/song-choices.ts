import type { LibrarySongHead } from '../../../shared/ipc/library.ts';
import type { Setlist } from '../../../shared/ipc/setlists.ts';
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

type Choice = { value: string; label: string };

/** The same with whole setlists above them, each in a group of its own. */
export function groupedChoices(
  songs: readonly LibrarySongHead[],
  setlists: readonly Setlist[],
): (Choice | { group: string; items: Choice[] })[] {
  if (setlists.length === 0) return songChoices(songs);
  const whole = setlists.map(({ id, name, song_ids }) => ({ value: id, label: `${name} (${en.setlists.songs(song_ids.length)})` }));
  return [
    { group: en.setlists.title, items: whole },
    { group: en.library.songs, items: songChoices(songs) },
  ];
}
