import { toHex } from '../base/ids.ts';
import { utf8 } from './bytes.ts';
import { sha256 } from './digest.ts';
import type { Fold } from './fold.ts';
import { rootOfSong } from './update.ts';

const rootPrefix = rootOfSong('');

/** The order of UTF-16 code units: what `<` compares, the same on every computer. */
function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** `content_sha256` (hex): equal exactly where people have equal songs and an equal setlist, whatever Yjs' bytes are. R-DOC-4. */
export function contentDigest(fold: Fold): string {
  const texts: [string, string][] = [];
  for (const name of fold.doc.share.keys()) {
    if (!name.startsWith(rootPrefix)) continue;
    const text = fold.doc.getText(name).toJSON();
    if (text !== '') texts.push([name.slice(rootPrefix.length), text]);
  }
  const sets = [...fold.sets].map(([key, { value }]) => [key, value] as const);
  return toHex(sha256(utf8(JSON.stringify([...texts.sort(byName), ...sets.toSorted(byName)]))));
}
