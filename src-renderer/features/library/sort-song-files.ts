import { limits } from '../../../shared/base/limits.ts';
import { decodeSong, encodeSong, type SongText } from '../../../shared/music/song-bytes.ts';
import { splitSongs } from '../../../shared/music/split-songs.ts';
import type { ForeignSong } from '../chart/import-preview.tsx';
import { guessFormat, type SourceFormat } from '../chart/take-in/song-format.ts';
import { hasNoEnding, isSongFile } from './song-files.ts';
import { stemOf } from './titled-song.ts';

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
    const song = mayBeRead(file) ? await readSong(file) : null;
    const text = song?.text.replace(/^\ufeff/u, '') ?? '';
    if (song === null) sorted.plain.push(file);
    else if (chordproOnly.test(file.name) || !isForeign(guessFormat(text), file.name)) sorted.plain.push(...songFiles(file, song));
    else sorted.foreign.push({ name: file.name, text });
  }
  return sorted;
}

function mayBeRead({ name, size }: File): boolean {
  return (isSongFile(name) || hasNoEnding(name)) && size <= limits.songCharacters * 4;
}

/** A file of several songs as a file for each; one with one song is itself, byte by byte. */
function songFiles(file: File, { text, encoding }: SongText): File[] {
  const songs = splitSongs(text);
  if (songs.length === 1) return [file];
  return songs.map((song, at) => {
    // The mark that says what UTF-16 and UTF-32 are stands before the first song only.
    const own = at > 0 && encoding !== 'windows-1252' ? 'utf-8' : encoding;
    return new File([Uint8Array.from(encodeSong({ text: song, encoding: own }))], `${stemOf(file.name)} ${at + 1}.cho`);
  });
}

function isForeign(format: SourceFormat, name: string): boolean {
  return hasNoEnding(name) ? format === 'opensong' : format !== 'chordpro';
}

/** Null when it is no text that a song could be. */
async function readSong(file: File): Promise<SongText | null> {
  const song = decodeSong(new Uint8Array(await file.arrayBuffer()));
  return song.text === '' || song.text.includes('\0') || song.text.length > limits.songCharacters ? null : song;
}
