import type { ChordSystem } from '../../../../shared/music/parse-chord.ts';
import { readChord } from '../../../../shared/music/read-chord.ts';

/** A line of ChordPro as two lines: chords above words. Chords that would touch push the words apart. */
export function toOverLyrics(line: string): { chords: string; lyrics: string } {
  let chords = '';
  let lyrics = '';
  for (const match of line.matchAll(/\[([^\]\n]*)\]|([^[]+|\[)/gu)) {
    const [, chord, words] = match;
    if (chord === undefined) {
      lyrics += words ?? '';
      continue;
    }
    // One blank at least between two chords, even within a word.
    if (chords !== '') lyrics = lyrics.padEnd(chords.length + 1, ' ');
    chords = chords.padEnd(lyrics.length, ' ') + chord;
  }
  return { chords, lyrics };
}

/** Whether a line has nothing but chords in the names of the song, and remarks as `*rit`. */
export function isChordLine(line: string, system: ChordSystem): boolean {
  const words = line.trim().split(/\s+/u);
  return line.trim() !== '' && words.every((word) => /^\*./u.test(word) || readChord(word, system) !== null);
}

/** Two lines, chords above words, as one line of ChordPro. */
export function fromOverLyrics(chords: string, lyrics: string): string {
  let line = '';
  let at = 0;
  for (const match of chords.matchAll(/\S+/gu)) {
    const words = lyrics.slice(at, match.index);
    line += words.padEnd(match.index - at, ' ');
    line += `[${match[0]}]`;
    at = match.index;
  }
  return (line + lyrics.slice(at)).trimEnd();
}
