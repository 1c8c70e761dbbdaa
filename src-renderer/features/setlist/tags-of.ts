import type { LibrarySongHead } from '../../../shared/ipc/library.ts';

/** Every tag that songs have, each once, by the alphabet. */
export function tagsOf(songs: readonly Pick<LibrarySongHead, 'tags'>[]): string[] {
  const found = new Set<string>();
  for (const { tags } of songs) for (const tag of tags) found.add(tag);
  return [...found].sort((one, other) => one.localeCompare(other));
}
