import { limits } from '../../../shared/base/limits.ts';
import { decodeSong } from '../../../shared/music/song-bytes.ts';
import type { ForeignSong } from '../chart/import-preview.tsx';
import { guessFormat, type SourceFormat } from '../chart/take-in/song-format.ts';
import { hasNoEnding, isSongFile } from './song-files.ts';

/** Programs write nothing but ChordPro under these names. */
const chordproOnly = /\.(?:cho|chopro|chordpro)$/iu;

export interface SortedFiles {
  /** Go into the library byte by byte, or are refused there with a reason. */
  plain: File[];
  /** Become ChordPro first, in sight of the person. */
  foreign: ForeignSong[];
}

/** What is ChordPro already, and what is written in another way. */
export async function sortSongFiles(files: readonly File[]): Promise<SortedFiles> {
  const sorted: SortedFiles = { plain: [], foreign: [] };
  for (const file of files) {
    // One after another: a folder of songs is not held in memory twice.
    // oxlint-disable-next-line no-await-in-loop
    const text = mayBeForeign(file) ? await readText(file) : null;
    if (text === null || !isForeign(guessFormat(text), file.name)) sorted.plain.push(file);
    else sorted.foreign.push({ name: file.name, text });
  }
  return sorted;
}

function mayBeForeign({ name, size }: File): boolean {
  return (isSongFile(name) || hasNoEnding(name)) && !chordproOnly.test(name) && size <= limits.songCharacters * 4;
}

function isForeign(format: SourceFormat, name: string): boolean {
  return hasNoEnding(name) ? format === 'opensong' : format !== 'chordpro';
}

/** Null when it is no text that a song could be. */
async function readText(file: File): Promise<string | null> {
  const { text } = decodeSong(new Uint8Array(await file.arrayBuffer()));
  return text === '' || text.includes('\0') || text.length > limits.songCharacters ? null : text.replace(/^\ufeff/u, '');
}
