import { withoutMarkup } from './markup.ts';
import { readChord } from './read-chord.ts';
import type { ChordSystem, ParsedChord } from './parse-chord.ts';
import { substitute } from './substitute.ts';

/** A format grows by what it repeats; no name of a chord is as long. */
const longest = 64;

/** A chord in the format that {define} gives its name: `%{root}%{qual}%{ext}%{bass|/%{}}`, which would be the name again. */
export function formatChord(text: string, format: string | null, system: ChordSystem): string {
  if (format === null) return text;
  const parts = new Map(partsOf(text, readChord(text, system)));
  const found = { get: (name: string) => [parts.get(name) ?? ''].filter((part) => part !== ''), spend: () => true };
  const formatted = withoutMarkup(substitute(format, found)).trim();
  return formatted === '' || formatted.length > longest ? text : formatted;
}

function partsOf(text: string, chord: ParsedChord | null): [string, string][] {
  const known: [string, string][] = [
    ['name', text],
    ['formatted', text],
  ];
  if (chord === null) return known;
  const { root, bass, extension } = chord;
  const between = root === null ? '' : text.slice(root.to, bass === null ? text.length : bass.from - 1);
  const qual = between.endsWith(extension) ? between.slice(0, between.length - extension.length) : '';
  const tone = (place: { from: number; to: number } | null): string => (place === null ? '' : text.slice(place.from, place.to));
  return [...known, ['root', tone(root)], ['qual', qual], ['ext', extension], ['bass', tone(bass)]];
}
