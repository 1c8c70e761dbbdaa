import type { ChordProWriter } from './chordpro-writer.ts';

const fields: Readonly<Record<string, string>> = {
  title: 'title',
  subtitle: 'subtitle',
  artist: 'artist',
  band: 'artist',
  by: 'artist',
  author: 'composer',
  composer: 'composer',
  'written by': 'composer',
  words: 'lyricist',
  lyrics: 'lyricist',
  lyricist: 'lyricist',
  music: 'composer',
  album: 'album',
  year: 'year',
  copyright: 'copyright',
  '©': 'copyright',
  key: 'key',
  'original key': 'key',
  capo: 'capo',
  tempo: 'tempo',
  bpm: 'tempo',
  time: 'time',
  'time signature': 'time',
  duration: 'duration',
};
/** Known to other programs; kept as metadata under their own name. */
const kept = new Set([
  'ccli',
  'tuning',
  'flow',
  'book',
  'number',
  'keywords',
  'topic',
  'theme',
  'difficulty',
  'restrictions',
  'pitch',
  'midi',
  'link',
]);

const longestField = 500;

/** `Key: G`, `Capo: 2nd fret`, `Tempo - 90`: true when the line was metadata and has been written as such. */
export function writeField(writer: ChordProWriter, line: string): boolean {
  if (line.length > longestField) return false;
  const match =
    /^\s*([A-Za-z©][A-Za-z ]{0,20}?)\s*[:=]\s*(\S.*)$/.exec(line) ?? /^\s*(capo|key(?= of ))\s+(?:of\s+)?(\S.{0,30})$/i.exec(line);
  const written = match?.[1]?.toLowerCase();
  const value = match?.[2]?.trim();
  if (written === undefined || value === undefined) return false;
  const name = Object.hasOwn(fields, written) ? fields[written] : undefined;
  if (name === undefined) {
    if (!kept.has(written)) return false;
    writer.meta('meta', `${written} ${value}`);
    return true;
  }
  const bare = name === 'key' ? value.replace(/^\[(.*)\]$/, '$1') : value;
  if (name === 'capo') {
    const fret = /\d{1,2}/.exec(value)?.[0];
    if (fret === undefined) return /^(?:no|none)/i.test(value);
    if (fret !== '0') writer.meta('capo', fret);
    return true;
  }
  writer.meta(name, name === 'tempo' ? (/\d{2,3}/.exec(value)?.[0] ?? bare) : bare);
  return true;
}
