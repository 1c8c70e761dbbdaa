import type { z } from 'zod';
import type { songHeadSchema } from '../../../shared/session/schemas.ts';

export type SongHead = z.infer<typeof songHeadSchema>;

const plain = (text: string) => text.replaceAll(/[{}\p{Cc}\u2028\u2029]/gu, ' ').trim();

/** A chart for a song of which only the names are known; they must not break out of their directives. */
export function chartFromNames(title: string, artist: string): string {
  const lines = [`{title: ${plain(title)}}`];
  if (plain(artist) !== '') lines.push(`{artist: ${plain(artist)}}`);
  return `${lines.join('\n')}\n\n`;
}
