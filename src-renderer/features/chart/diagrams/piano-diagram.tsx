import type { ReactElement } from 'react';
import { ordOf } from '../../../../shared/music/note.ts';
import type { ParsedChord } from '../../../../shared/music/parse-chord.ts';
import { cssRules } from '../../../../shared/music/style-css.ts';
import { suffixOf } from './voicings.ts';
import './diagrams.css';

const triads: Record<NonNullable<ParsedChord['quality']>, readonly number[]> = {
  major: [0, 4, 7],
  minor: [0, 3, 7],
  diminished: [0, 3, 6],
  augmented: [0, 4, 8],
};
const added: Record<string, number> = { '2': 2, '4': 5, '6': 9, '9': 14, '11': 17, '13': 21 };

/** The tones of a chord in semitones above its root, lowest first; null when the name has parts we do not know. */
export function tonesOf(chord: Pick<ParsedChord, 'quality' | 'extension'>): number[] | null {
  if (chord.quality === null) return null;
  const suffix = suffixOf(chord);
  if (suffix === 'm7b5') return [0, 3, 6, 10];
  if (suffix === 'dim7') return [0, 3, 6, 9];
  if (suffix === '5') return [0, 7];
  const tones = new Set(suffix.startsWith('aug') ? triads.augmented : triads[chord.quality]);
  let rest = suffix.replace(/^(?:major|minor|dim|aug|m(?!aj))/u, '');
  while (rest !== '') {
    const part = /^(?:sus(24|2|4)|add(9|11|13|2|4)|(maj)?(69|13|11|9|7|6)|([b#])(5|9|11|13)|(5))/u.exec(rest);
    if (part === null) return null;
    const [all, sus, add, major, number, sign, altered] = part;
    if (sus !== undefined) {
      tones.delete(3);
      tones.delete(4);
      for (const tone of sus) tones.add(added[tone] ?? 0);
    } else if (add !== undefined) tones.add(added[add] ?? 0);
    else if (number === '69') [9, 14].forEach((tone) => tones.add(tone));
    else if (number === '6') tones.add(9);
    else if (number !== undefined) {
      tones.add(major === undefined ? 10 : 11);
      for (const step of ['9', '11', '13']) if (Number(step) <= Number(number)) tones.add(added[step] ?? 0);
    } else if (altered !== undefined) {
      const shift = sign === 'b' ? -1 : 1;
      const natural = altered === '5' ? 7 : (added[altered] ?? 0);
      tones.delete(natural);
      tones.add(natural + shift);
    }
    rest = rest.slice(all.length);
  }
  return [...tones].sort((one, other) => one - other);
}

/** What is pressed for a chord, in semitones above its root; null where its name does not tell, as a degree of the key does not. */
export function pianoTones(chord: ParsedChord, keys: readonly number[] | null): readonly number[] | null {
  return chord.root === null || chord.root.note === null ? null : (keys ?? tonesOf(chord));
}

const white = [0, 2, 4, 5, 7, 9, 11];
const black = [1, 3, 6, 8, 10];
const octaves = 2;

export interface PianoDiagramProps {
  name: string;
  chord: ParsedChord;
  /** In semitones above the root, where the song defines them. */
  keys: readonly number[] | null;
  /** Of the keys that are pressed, where the song asks for one. */
  colour: string | null;
}

/** The keys of a chord; a bass that is another tone lies below the root. */
export function PianoDiagram({ name, chord, keys, colour }: PianoDiagramProps): ReactElement | null {
  const tones = pianoTones(chord, keys);
  if (tones === null || chord.root === null) return null;
  const root = chord.root.ord;
  const place = (tone: number): number => (((root + tone) % (octaves * 12)) + octaves * 12) % (octaves * 12);
  const pressed = new Set(tones.map(place));
  if (keys === null && chord.bass?.note !== null && chord.bass !== null) pressed.add(ordOf(chord.bass.note));
  const whites = Array.from({ length: octaves * 7 }, (_, at) => Math.floor(at / 7) * 12 + (white[at % 7] ?? 0));
  const blacks = Array.from({ length: octaves * 5 }, (_, at) => Math.floor(at / 5) * 12 + (black[at % 5] ?? 0));
  const placeOfBlack = (key: number): number => whites.filter((other) => other < key).length * 10 - 3;
  return (
    <figure className="chart-diagram chart-diagram-piano">
      <figcaption>{name}</figcaption>
      <svg viewBox={`-0.5 -0.5 ${whites.length * 10 + 1} 41`} aria-hidden="true" style={colour === null ? undefined : cssRules({ colour })}>
        {whites.map((key, at) => (
          <rect
            key={key}
            x={at * 10}
            y={0}
            width={10}
            height={40}
            className={pressed.has(key) ? 'chart-key chart-key-pressed' : 'chart-key'}
          />
        ))}
        {blacks.map((key) => (
          <rect
            key={key}
            x={placeOfBlack(key)}
            y={0}
            width={6}
            height={25}
            className={pressed.has(key) ? 'chart-key chart-key-pressed' : 'chart-key chart-key-black'}
          />
        ))}
      </svg>
    </figure>
  );
}
