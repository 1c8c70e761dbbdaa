import { mod12 } from './note.ts';
import { definitionKeywords } from './read-definition.ts';

interface Word {
  text: string;
  from: number;
  to: number;
}

interface Shape {
  base: Word | null;
  frets: Word[];
}

/** A twelve-string guitar, and some. */
const mostStrings = 18;
/** Up to here a shape is drawn from the nut. */
const nearNut = 4;

function readShape(value: string): Shape {
  const words = [...value.matchAll(/\S+/g)].map((match) => ({ text: match[0], from: match.index, to: match.index + match[0].length }));
  const shape: Shape = { base: null, frets: [] };
  for (let at = 1; at < words.length; at += 1) {
    const word = words[at]?.text.toLowerCase();
    if (word === 'base-fret' || word === 'base_fret' || word === 'offset') shape.base = words[at + 1] ?? null;
    if (word !== 'frets') continue;
    for (at += 1; at < words.length && !definitionKeywords.has(words[at]?.text.toLowerCase() ?? ''); at += 1) {
      const fret = words[at];
      if (fret !== undefined) shape.frets.push(fret);
    }
    at -= 1;
  }
  return shape;
}

/**
 * What moves the shape of `{define: name base-fret n frets …}` along the neck by semitones, so that it sounds as its new name says.
 * A shape without open strings keeps its frets and moves its base; one with open strings is fingered anew. Piano keys count from
 * the root and stay. Ranges count from the start of `value`; nothing where there is no shape that can be read.
 */
export function transposeDefinition(value: string, semitones: number): { from: number; to: number; insert: string }[] {
  const { base, frets } = readShape(value);
  const baseFret = base === null ? 1 : Number(base.text);
  if (mod12(semitones) === 0 || !Number.isInteger(baseFret) || baseFret < 1 || baseFret > 24) return [];
  const played = frets.map((fret) => (/^\d{1,2}$/.test(fret.text) ? Number(fret.text) : null));
  const sounding = played.flatMap((fret) => (fret === null ? [] : [fret === 0 ? 0 : baseFret - 1 + fret]));
  if (sounding.length === 0 || frets.length > mostStrings) return [];
  const lowest = Math.min(...sounding);
  let distance = semitones > 0 ? mod12(semitones) : mod12(semitones) - 12;
  if (lowest + distance < 0) distance += 12;
  if (lowest + distance >= 12) distance -= 12;
  if (base !== null && lowest > 0 && baseFret + distance >= 1) {
    return [{ from: base.from, to: base.to, insert: String(baseFret + distance) }];
  }
  const moved = sounding.map((fret) => fret + distance);
  const fretted = moved.filter((fret) => fret > 0);
  const newBase = base === null || Math.max(...moved) <= nearNut ? 1 : Math.min(...fretted);
  const changes = base === null || base.text === String(newBase) ? [] : [{ from: base.from, to: base.to, insert: String(newBase) }];
  for (const [index, word] of frets.entries()) {
    const fret = played[index];
    if (fret === null || fret === undefined) continue;
    const absolute = (fret === 0 ? 0 : baseFret - 1 + fret) + distance;
    const insert = String(absolute === 0 ? 0 : absolute - newBase + 1);
    if (insert !== word.text) changes.push({ from: word.from, to: word.to, insert });
  }
  return changes.sort((one, other) => one.from - other.from);
}
