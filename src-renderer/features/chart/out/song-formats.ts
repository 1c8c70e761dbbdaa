import { chartsHtml } from '../../../../shared/music/export-html.ts';
import { songsJson } from '../../../../shared/music/export-json.ts';
import { chartText as chartAsText } from '../../../../shared/music/export-text.ts';
import { parseSongs } from '../../../../shared/music/parse-song.ts';

export interface SongFormat {
  extension: string;
  mediaType: string;
  write: (source: string) => string;
}

/** What a song can be saved as. Always the shared chart: one's own view is for one's own eyes. */
export const songFormats = {
  chordpro: { extension: 'cho', mediaType: 'text/plain', write: (source) => source },
  text: {
    extension: 'txt',
    mediaType: 'text/plain',
    write: (source) =>
      parseSongs(source)
        .map((chart) => chartAsText(chart))
        .join('\n'),
  },
  html: { extension: 'html', mediaType: 'text/html', write: (source) => chartsHtml(parseSongs(source)) },
  json: {
    extension: 'json',
    mediaType: 'application/json',
    write: (source) => `${JSON.stringify(songsJson(parseSongs(source)), null, 2)}\n`,
  },
} as const satisfies Record<string, SongFormat>;

export type SongFormatName = keyof typeof songFormats;
