export interface PaletteEntry {
  id: string;
  group: 'songs' | 'setlists' | 'sessions' | 'actions';
  title: string;
  /** Shown smaller beside the title, and searched too. */
  detail: string;
}

/** An entry with what is compared: its words without accents in small letters, a blank before each. */
export interface Searchable<E extends PaletteEntry> {
  entry: E;
  words: string;
}

function foldWords(text: string): string {
  const plain = text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return ` ${plain.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim()}`;
}

/** Done once for a list: ten thousand songs are not folded with each letter that is typed. */
export function makeSearchable<E extends PaletteEntry>(entries: readonly E[]): Searchable<E>[] {
  return entries.map((entry) => ({ entry, words: foldWords(`${entry.title} ${entry.detail}`) }));
}

const groups = ['sessions', 'songs', 'setlists', 'actions'] as const;

/** Before anything is typed every group shows its first ones, so that no long library hides the rest. */
function someOfEach<E extends PaletteEntry>(entries: readonly E[], limit: number): E[] {
  const filled = groups.map((group) => entries.filter((entry) => entry.group === group)).filter((some) => some.length > 0);
  return filled.flatMap((some) => some.slice(0, Math.floor(limit / filled.length)));
}

/**
 * Entries in which every typed word begins a word, those whose title begins with what was typed first; accents, case and
 * punctuation do not matter. At most `limit`.
 */
export function searchPalette<E extends PaletteEntry>(all: readonly Searchable<E>[], typed: string, limit: number): E[] {
  const start = foldWords(typed);
  if (start === ' ') {
    const entries = all.map(({ entry }) => entry);
    return someOfEach(entries, limit);
  }
  const begins = start.split(/(?= )/);
  const found = all.filter(({ words }) => begins.every((begin) => words.includes(begin)));
  const [first, later] = [found.filter(({ words }) => words.startsWith(start)), found.filter(({ words }) => !words.startsWith(start))];
  return [...first, ...later].slice(0, limit).map(({ entry }) => entry);
}
