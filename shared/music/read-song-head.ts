import { directiveClass } from './directive-names.ts';
import { withoutMarkup } from './markup.ts';
import { readDirectives } from './read-directive.ts';
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
      let { name, value } = directive;
      if (kind === 'meta') {
        const match = /^(\S+)\s+(.*)$/s.exec(value);
        if (match?.[1] === undefined || match[2] === undefined) continue;
        name = match[1].toLowerCase();
        value = match[2];
      }
      value = withoutMarkup(value);
      if (value === '' || directive.selector !== null) continue;
      if (name === 'title' && head.title === '') head.title = value;
      else if (name === 'artist' && head.artist === '') head.artist = value;
      else if (name === 'key' && head.key === '') head.key = value;
    }
    if (head.title !== '' && head.artist !== '' && head.key !== '') return head;
  }
  return head;
}
