import { sectionModes } from '../open-section.ts';

export interface Heading {
  /** As in {start_of_X}. */
  type: string;
  label: string;
}

const known: readonly (readonly [RegExp, string])[] = [
  [/^pre[\s-]*(?:chorus|refrain)/i, 'pre_chorus'],
  [/^post[\s-]*(?:chorus|refrain)/i, 'post_chorus'],
  [/^(?:chorus|refrain|ref\b|estribillo|refrão|ritornello|kehrvers|припев|coro)/i, 'chorus'],
  [/^(?:verse|vers\b|strophe|couplet|verso|strofa|estrofa|куплет)/i, 'verse'],
  [/^(?:bridge|brücke|pont|puente)/i, 'bridge'],
  [/^intro(?:duction)?/i, 'intro'],
  [/^(?:outro|ending|end\b)/i, 'outro'],
  [/^(?:interlude|zwischenspiel)/i, 'interlude'],
  [/^(?:instrumental|instr\b)/i, 'instrumental'],
  [/^(?:(?:guitar|lead|piano|keys|organ|sax|bass|drum|harp) )?solo/i, 'solo'],
  [/^tag/i, 'tag'],
  [/^coda/i, 'coda'],
  [/^hook/i, 'hook'],
  [/^riff/i, 'riff'],
  [/^break(?:down)?/i, 'break'],
  [/^vamp/i, 'vamp'],
  [/^turn\s?around/i, 'turnaround'],
];

/** As OnSong and OpenSong shorten them, with the number of the section. */
const shortNames: Readonly<Record<string, readonly [type: string, name: string]>> = {
  v: ['verse', 'Verse'],
  c: ['chorus', 'Chorus'],
  b: ['bridge', 'Bridge'],
  p: ['pre_chorus', 'Pre-chorus'],
  t: ['tag', 'Tag'],
  i: ['intro', 'Intro'],
  o: ['outro', 'Outro'],
  e: ['outro', 'Ending'],
};

/** `V1`, `C`, `B2a`. */
export function readShortHeading(text: string): Heading | null {
  const match = /^([A-Za-z])(\d*[a-z]?)$/.exec(text);
  const known = shortNames[match?.[1]?.toLowerCase() ?? ''];
  return match === null || known === undefined ? null : { type: known[0], label: `${known[1]} ${match[2] ?? ''}`.trim() };
}

/** Whatever ends with a colon on a line of its own names a section in OnSong: `V2:`, `Guitar lead:`. */
export function readOnSongHeading(line: string): Heading | null {
  const known = readHeading(line);
  const label = /^\s*([^:[\]{}]{1,40}):\s*$/.exec(line)?.[1]?.trim();
  if (known !== null || label === undefined || label === '') return known;
  return readShortHeading(label) ?? { type: customType(label), label };
}

const longest = 60;

/**
 * `[Verse 1]`, `Verse 1:`, `CHORUS`: a line that names a section. Words in square brackets name one even when they are not known;
 * without brackets or colon only a known name counts, so that no line of lyrics is taken for a heading.
 */
export function readHeading(line: string): Heading | null {
  const text = line.trim();
  if (text.length < 2 || text.length > longest) return null;
  const inBrackets = /^\[([^[\]]+)\]:?$/.exec(text)?.[1]?.trim();
  const inRound = /^\(([^()]+)\)$/.exec(text)?.[1]?.trim();
  const withColon = /^([^:[\]]+):$/.exec(text)?.[1]?.trim();
  const label = inBrackets ?? withColon ?? inRound ?? text;
  const type = known.find(([pattern]) => pattern.test(label))?.[1];
  if (type !== undefined) {
    const rest = label.replace(/^\S+/, '').trim();
    const isMarked = inBrackets !== undefined || withColon !== undefined;
    // “Chorus 2”, “Verse II (x2)”, but not “Tag along with me”.
    return isMarked || /^(?:[\divx]{1,4}|[A-D])?\s*(?:\(?[x×]?\s*\d*[x×]?\)?)?$/i.test(rest) ? { type, label } : null;
  }
  if (inBrackets === undefined || inBrackets.startsWith('*')) return null;
  return { type: customType(inBrackets), label };
}

/** A name for {start_of_X}: letters, digits and underscores; none of a section whose lines are not read as words. */
export function customType(label: string): string {
  const word = label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  const type = word.replace(/_?\d+$/, '');
  return /^[a-z]/.test(type) && !Object.hasOwn(sectionModes, type) ? type : 'part';
}
