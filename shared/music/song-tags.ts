import { readDirectives } from './read-directive.ts';
import { songMetadata } from './song-metadata.ts';
import { lineContent, sourceLines } from './source-lines.ts';

/** As a directive can hold it among others, in one line. */
export function tidyTag(text: string): string {
  return text.replace(/[\s\p{Cc}{};]+/gu, ' ').trim();
}

/** Two that differ in small and capital letters are one. */
export const foldTag = (tag: string): string => tag.toLowerCase();

/** The tags that a song names itself, as `{tag: …}`, each once. */
export function readTags(chordpro: string): string[] {
  const found = new Map<string, string>();
  for (const line of sourceLines(chordpro)) {
    if (!/tag/i.test(line.source)) continue;
    for (const directive of readDirectives(lineContent(line)) ?? []) {
      const said = songMetadata(directive);
      // "A; B" is two values, as of every metadata.
      const named = said?.name === 'tag' ? said.value.split(';').map(tidyTag) : [];
      for (const tag of named) if (tag !== '' && !found.has(foldTag(tag))) found.set(foldTag(tag), tag);
    }
  }
  return [...found.values()];
}

/** The song with a directive for each tag that it does not name yet, below its first line; the rest stays as it is. */
export function withTags(chordpro: string, tags: readonly string[]): string {
  const named = new Set(readTags(chordpro).map(foldTag));
  const missing = tags.filter((tag) => !named.has(foldTag(tag)));
  if (missing.length === 0) return chordpro;
  const [first] = sourceLines(chordpro);
  const isDirective = first !== undefined && readDirectives(lineContent(first)) !== null;
  const head = isDirective ? (/^[^\r\n]*(?:\r\n?|\n|$)/.exec(chordpro)?.[0] ?? '') : '';
  const end = /\r\n?|\n/.exec(chordpro)?.[0] ?? '\n';
  const lines = missing.map((tag) => `{tag: ${tag}}${end}`).join('');
  return `${head}${head === '' || /[\r\n]$/.test(head) ? '' : end}${lines}${chordpro.slice(head.length)}`;
}
