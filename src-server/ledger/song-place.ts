import * as Y from 'yjs';
import { limits } from '../../shared/base/limits.ts';
import { longName } from '../../shared/music/directive-names.ts';
import { sectionLabel } from '../../shared/music/open-section.ts';
import { readDirectives } from '../../shared/music/read-directive.ts';
import type { TextUpdate } from '../../shared/ledger/update.ts';

/** Where somebody edited: the song, and the heading of the section, empty above the first one. */
export interface SongPlace {
  song_id: string;
  section: string;
}

/** A heading further above than this is not looked for. */
const mostCharacters = 20_000;

function headingOf(line: string): string | null {
  const directive = readDirectives(line)?.[0];
  const name = directive === undefined ? '' : longName(directive.name);
  if (name.startsWith('end_of_')) return '';
  if (directive === undefined || !name.startsWith('start_of_')) return null;
  const type = name.slice('start_of_'.length);
  const label = /^label\s*=\s*"([^"]*)"/.exec(directive.value)?.[1] ?? sectionLabel(type, directive.value, null).label;
  return (label ?? type).slice(0, 80);
}

function sectionOf(textBefore: string): string {
  // The line that is written in may be the heading itself.
  for (const line of textBefore.split('\n').toReversed()) {
    const heading = line.includes('{') ? headingOf(line) : null;
    if (heading !== null) return heading;
  }
  return '';
}

/** What stands before an item, as far as it is looked for. */
function textBefore(item: Y.Item): string {
  const pieces: string[] = [];
  let length = 0;
  let steps = 0;
  for (let one: Y.Item | null = item; one !== null; one = one.left) {
    if (++steps > limits.sectionItemsWalked || length > mostCharacters) break;
    if (one.deleted || !(one.content instanceof Y.ContentString)) continue;
    pieces.push(one.content.str);
    length += one.content.str.length;
  }
  return pieces.toReversed().join('');
}

/** Where in the document an update that was applied stands; null when that is not known. */
export function placeOf(doc: Y.Doc, update: TextUpdate): SongPlace | null {
  const [struct] = update.structs;
  const [range] = update.deleted;
  const id = struct === undefined ? range : { client: update.client, clock: struct.clock };
  if (id === undefined || Y.getState(doc.store, id.client) <= id.clock) return null;
  const item = Y.getItem(doc.store, Y.createID(id.client, id.clock));
  if (!(item instanceof Y.Item) || !(item.parent instanceof Y.Text)) return null;
  const root = Y.findRootTypeKey(item.parent);
  return root.startsWith('s:') ? { song_id: root.slice(2), section: sectionOf(textBefore(item)) } : null;
}
