import { readSongHead } from '../../../shared/music/read-song-head.ts';

/** A song that names no title gets one, so that it can be found. */
export function titledSong(chordpro: string, title: string): string {
  const plain = title.replaceAll(/[\s{}]+/gu, ' ').trim();
  if (plain === '' || readSongHead(chordpro).title !== '') return chordpro;
  return `{title: ${plain}}\n${chordpro}`;
}

/** The name of a song file without its ending. */
export function stemOf(fileName: string): string {
  return fileName.replace(/\.(?:cho|chopro|chordpro|crd|pro|txt|onsong|xml)$/iu, '');
}
