export interface PaletteEntry {
  id: string;
  group: 'songs' | 'setlists' | 'sessions' | 'actions';
  title: string;
  /** Shown smaller beside the title, and searched too. */
  detail: string;
}

function folded(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

const groups = ['sessions', 'songs', 'setlists', 'actions'] as const;

/** Before anything is typed every group shows its first ones, so that no long library hides the rest. */
function someOfEach<E extends PaletteEntry>(entries: readonly E[], limit: number): E[] {
  const filled = groups.map((group) => entries.filter((entry) => entry.group === group)).filter((some) => some.length > 0);
  return filled.flatMap((some) => some.slice(0, Math.floor(limit / filled.length)));
}

/**
 * Entries in which every typed word begins a word, those whose title begins with what was typed first; accents and case
 * do not matter. At most `limit`.
 */
export function searchPalette<E extends PaletteEntry>(entries: readonly E[], typed: string, limit: number): E[] {
  const words = folded(typed).split(/\s+/u).filter(Boolean);
  if (words.length === 0) return someOfEach(entries, limit);
  const found = entries.filter((entry) => {
    const parts = folded(`${entry.title} ${entry.detail}`).split(/[^\p{L}\p{N}]+/u);
    return words.every((word) => parts.some((part) => part.startsWith(word)));
  });
  const start = words.join(' ');
  const rank = (entry: E): number => (folded(entry.title).startsWith(start) ? 0 : 1);
  return found.sort((a, b) => rank(a) - rank(b)).slice(0, limit);
}
