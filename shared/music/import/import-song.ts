import type { Imported } from './chordpro-writer.ts';
import { importOnSong } from './import-onsong.ts';
import { importOpenSong } from './import-opensong.ts';
import { importOverLyrics } from './import-over-lyrics.ts';
import { importUltimateGuitar } from './import-ultimate-guitar.ts';

export const importFormats = ['over-lyrics', 'onsong', 'ultimate-guitar', 'opensong'] as const;
export type ImportFormat = (typeof importFormats)[number];

/** A song of another program as ChordPro. Null where the text is not of that format at all (OpenSong only: the others take any text). */
export function importSong(text: string, format: ImportFormat): Imported | null {
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
