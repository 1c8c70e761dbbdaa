import { chordNames } from '../chord-names.ts';
import { chordsAtHome } from '../chords-at-home.ts';
import { parseKey, songKeyName, transposeKey } from '../key.ts';
import { parseSong } from '../parse-song.ts';
import { fretOf } from '../song-key.ts';
import type { Imported } from './chordpro-writer.ts';
import { importOnSong } from './import-onsong.ts';
import { importOpenSong } from './import-opensong.ts';
import { importOverLyrics } from './import-over-lyrics.ts';
import { importUltimateGuitar } from './import-ultimate-guitar.ts';

export const importFormats = ['over-lyrics', 'onsong', 'ultimate-guitar', 'opensong'] as const;
export type ImportFormat = (typeof importFormats)[number];

/**
 * With a capo others may name the key that sounds; in ChordPro it is that of the shapes. The one in which more of the chords are at home
 * is that of the chords.
 */
function withShapeKey(imported: Imported): Imported {
  if (!imported.chordpro.includes('{key: ') || !imported.chordpro.includes('{capo: ')) return imported;
  const chart = parseSong(imported.chordpro);
  const { meta, notation } = chart;
  const [written] = meta['key'] ?? [];
  const capo = fretOf(meta['capo']?.[0]) ?? 0;
  const key = written === undefined ? null : parseKey(written, notation.system);
  if (key === null || capo === 0) return imported;
  const shapes = transposeKey(key, -capo);
  const names = chordNames(chart);
  if (chordsAtHome(names, shapes, notation.system) <= chordsAtHome(names, key, notation.system)) return imported;
  const name = songKeyName(shapes, notation.system);
  return {
    chordpro: imported.chordpro.replace(`{key: ${written}}`, `{key: ${name}}`),
    notes: [...imported.notes, `${written} is the key that sounds with the capo: the key of the shapes, ${name}, is written.`],
  };
}

/** A song of another program as ChordPro. Null where the text is not of that format at all (OpenSong only: the others take any text). */
export function importSong(text: string, format: ImportFormat): Imported | null {
  const imported = importAs(text, format);
  return imported === null ? null : withShapeKey(imported);
}

function importAs(text: string, format: ImportFormat): Imported | null {
  switch (format) {
    case 'over-lyrics':
      return importOverLyrics(text);
    case 'onsong':
      return importOnSong(text);
    case 'ultimate-guitar':
      return importUltimateGuitar(text);
    case 'opensong':
      return importOpenSong(text);
  }
}
