import { limits } from '../base/limits.ts';
import { parseSongs } from './parse-song.ts';

/** The songs of a text, each with its own {new_song}; put together they are the text. More than a songbook holds stay one. */
export function splitSongs(text: string): string[] {
  if (!/\{\s*(?:ns|new_song)\b/i.test(text)) return [text];
  const songs = parseSongs(text);
  if (songs.length > limits.songsPerFile) return [text];
  return songs.map(({ from, to }) => text.slice(from, to));
}
