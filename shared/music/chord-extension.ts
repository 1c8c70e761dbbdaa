import type { ChordQuality } from './parse-chord.ts';

/** What follows the root: the triad, and the rest as typed. */
export interface QualityAndExtension {
  quality: ChordQuality;
  extension: string;
}

// The longest word first: `minor` is not `mi` + `nor`. `m` is not minor where it starts a `maj`, which `ma` and `mj` may also be written.
const minor = /^(?:minor|moll|min|mi|MIN|Min|Mi|MI|m(?!j|a(?:j|[\d(]|$))|-(?!5(?!\d))|−|–)/;
const minorDash = /^[-−–]/;
const diminished = /^(?:diminished|dim|Dim|DIM|°|º|˚|o(?!mit)|0)/;
const augmented = /^(?:augmented|aug|Aug|AUG|\+)/;
const halfDiminished = /^(?:ø|Ø|⌀|∅|h(?=\d|$))/;
const bracketed = /^\(((?:m(?!a?j|a[\d(])|dim|aug|[°ºøØ]|o(?!mit)|\+(?!\d))[^()]*)\)$/;
const majorAlone = /^(?:major|maj|Maj|MAJ|dur|ma|Ma|M)$/;

/** The parts of which extensions are made; anything that is not a row of them is no chord. */
const part = new RegExp(
  '(?:' +
    [
      '(?:major|maj|Maj|MAJ|ma|Ma|MA|Mj|mj|M|j|Δ|∆|△|\\^)?(?:69|6[/\\\\]9|13|11|10|[2-79])', // 7, maj9, 6/9
      '(?:Δ|∆|△|\\^|major|maj|Maj|MAJ|ma|Ma|M)', // maj, also before an alteration: maj#11
      '(?:[#b♯♭+\\-−–]{1,2}|𝄪|𝄫)(?:13|11|10|[2-79])', // b5, +9, -5
      '(?:sus|Sus|SUS)(?:24|42|4|2|9|13)*',
      '(?:add|Add|ADD) ?(?:[#b♯♭+\\-])?(?:13|11|10|[2-79])',
      '(?:no|omit|No|Omit|drop) ?(?:[#b♯♭])?(?:13|11|10|root|[1-79])(?:rd|th|st|nd)?',
      '(?:alt|Alt|ALT)(?:ered)?',
      '(?:dominant|dom|Dom)(?=\\d)',
      '(?:dim|aug|ø|Ø|°|º|h|\\+)', // 7dim, 7+
      '(?<=\\d)[#b♯♭-](?=$|[\\s),/])', // 7/5-, 7(9b)
      '(?:lyd|phryg|mixo|dor|aeol|loc)', // the modes that lead sheets name
    ].join('|') +
    ')',
  'y',
);
const separator = /[\s,./]*/y;

/** Whether `text` is a row of extensions, with round or square groups between them. Linear. */
export function isExtension(text: string): boolean {
  // C/9 and Cm/M7 hang the extension on a slash, as a bass would be; a group may stand apart: C (add9).
  let at = /^\/.*\d/.test(text) ? 1 : Math.max(0, text.search(/(?<=^ {1,2})\(/));
  let depth = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    if (character === '(' || character === ')') {
      if (depth < 0 || depth > 3) return false;
      at += 1;
      continue;
    }
    part.lastIndex = at;
    if (!part.test(text)) return false;
    at = part.lastIndex;
    separator.lastIndex = at;
    separator.test(text);
    // A separator stands between two parts, or the group ends.
    if (separator.lastIndex === text.length && separator.lastIndex > at) return false;
    at = separator.lastIndex;
  }
  return depth === 0;
}

/** What the text after a root means; null where it is no chord. Marks that players add (`*`, `'`) stay in the extension. */
export function readExtension(text: string): QualityAndExtension | null {
  const bare = text.replace(/[*'’!]{1,3}$/, '');
  const known = readBare(bare);
  return known === null ? null : { quality: known.quality, extension: known.extension + text.slice(bare.length) };
}

function readBare(text: string): QualityAndExtension | null {
  if (text === '') return { quality: 'major', extension: '' };
  if (majorAlone.test(text)) return { quality: 'major', extension: '' };
  // Some write the quality in brackets: C(m), C(dim7).
  const inBrackets = bracketed.exec(text)?.[1];
  if (inBrackets !== undefined) return readBare(inBrackets);
  const half = halfDiminished.exec(text);
  if (half !== null) return rest('diminished', text, half[0].length, text);
  const dim = diminished.exec(text);
  if (dim !== null) return rest('diminished', text, dim[0].length);
  const aug = augmented.exec(text);
  if (aug !== null) return rest('augmented', text, aug[0].length);
  const min = minor.exec(text);
  if (min !== null) {
    const known = rest('minor', text, min[0].length);
    if (known !== null || !minorDash.test(text)) return known;
  }
  return isExtension(text) ? { quality: 'major', extension: text.trimStart() } : null;
}

function rest(quality: ChordQuality, text: string, at: number, extension?: string): QualityAndExtension | null {
  const after = text.slice(at);
  if (quality === 'minor' && /^ [^(]/.test(after)) return null;
  return isExtension(after) ? { quality, extension: extension ?? after.trimStart() } : null;
}
