import { directiveClass } from './directive-names.ts';
import { readDirectives } from './read-directive.ts';
import { songMetadata } from './song-metadata.ts';
import { lineContent, sourceLines } from './source-lines.ts';

export interface SongHead {
  title: string;
  artist: string;
  key: string;
}

/** What a list of songs shows of one: the first title, artist and key of its first song, `''` where there is none. Never throws. */
export function readSongHead(chordpro: string): SongHead {
  const head: SongHead = { title: '', artist: '', key: '' };
  for (const line of sourceLines(chordpro)) {
    if (!line.source.includes('{')) continue;
    for (const directive of readDirectives(lineContent(line)) ?? []) {
      const kind = directiveClass(directive.name);
      if (kind === 'new-song' && (head.title !== '' || head.artist !== '' || head.key !== '')) return head;
      const said = songMetadata(directive);
      if (said === null) continue;
      const { name, value } = said;
      if (name === 'title' && head.title === '') head.title = value;
      else if (name === 'artist' && head.artist === '') head.artist = value;
      else if (name === 'key' && head.key === '') head.key = value;
    }
    if (head.title !== '' && head.artist !== '' && head.key !== '') return head;
  }
  return head;
}
