/**
 * What the search compares: small letters without accents, chords taken out of the words they stand in ("Si[G]lent"),
 * any white space as one blank.
 */
export function foldForSearch(text: string): string {
  const words = text.replace(/\[[^\]\n]*\]/g, '');
  const plain = /^[\0-\x7f]*$/.test(words) ? words : words.normalize('NFKD').replace(/\p{M}+/gu, '');
  return plain.toLowerCase().replace(/\s+/g, ' ').trim();
}

/** Directives whose value is words that somebody may remember. */
const spoken = new Set(
  'title t subtitle st artist composer lyricist arranger album copyright comment c comment_italic ci comment_box cb highlight meta'.split(
    ' ',
  ),
);

/** A line as people read it: without chords, directives that are no words, and remarks to oneself; '' where nothing is left. */
export function spokenLine(line: string): string {
  const trimmed = line.trim();
  if (trimmed.startsWith('#')) return '';
  const directive = /^\{\s*([\w-]+)\s*[:\s]?\s*(.*?)\s*\}$/.exec(trimmed);
  if (directive === null) return trimmed.replace(/\[[^\]\n]*\]/g, '').replace(/\s+/g, ' ');
  const [, name = '', value = ''] = directive;
  return spoken.has(name.toLowerCase().replace(/-.*$/, '')) ? value : '';
}

/** All words of a song, folded, in one line. */
export function wordsOfSong(chordpro: string): string {
  return foldForSearch(
    chordpro
      .split(/\r\n?|\n/)
      .map(spokenLine)
      .filter(Boolean)
      .join('\n'),
  );
}

/** The first line with the phrase, else with any of the words; null when no single line has one. */
export function findLine(chordpro: string, phrase: string): string | null {
  const words = phrase.split(' ');
  let second: string | null = null;
  for (const line of chordpro.split(/\r\n?|\n/)) {
    const spokenWords = spokenLine(line);
    const folded = foldForSearch(spokenWords);
    if (folded.includes(phrase)) return spokenWords;
    if (second === null && words.some((word) => folded.includes(word))) second = spokenWords;
  }
  return second;
}
