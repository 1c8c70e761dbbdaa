import type * as Y from 'yjs';
import type { Place } from '../../shared/ledger/anchor.ts';
import type { Entry } from '../../shared/ledger/entry.ts';
import { entryKinds } from '../../shared/ledger/entry.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import { decodeUpdate, rootOfSong, type DeletedRange } from '../../shared/ledger/update.ts';

/** What these entries wrote, and what they deleted. */
function rangesOf(entries: readonly Entry[]): { written: DeletedRange[]; deleted: DeletedRange[] } {
  const written: DeletedRange[] = [];
  const deleted: DeletedRange[] = [];
  for (const { payload, clientId } of entries) {
    const update = decodeUpdate(payload, clientId);
    for (const { clock, length } of update?.structs ?? []) written.push({ client: clientId, clock, length });
    deleted.push(...(update?.deleted ?? []));
  }
  return { written, deleted };
}

function touches(item: Y.Item, ranges: readonly DeletedRange[]): boolean {
  const { client, clock } = item.id;
  return ranges.some((range) => range.client === client && range.clock < clock + item.length && clock < range.clock + range.length);
}

/**
 * Where one's own changes of a song that have no record yet stand in its text; an empty place where something was deleted. A
 * piece that is pending in part counts as a whole: what is shown is a mark beside its lines.
 * @param madeBefore only those made before this, by one's own clock; one from the future (the clock was set back) is old
 */
export function pendingPlaces(ledger: Ledger, device: string, songId: string, madeBefore: number, now: number): Place[] {
  const entries = ledger
    .pendingOf(device)
    .filter(({ kind, at, hash }) => kind === entryKinds.songUpdate && (at <= madeBefore || at > now) && ledger.modeOf(hash) === 'whole');
  if (entries.length === 0) return [];
  const { written, deleted } = rangesOf(entries);
  const places: Place[] = [];
  let offset = 0;
  for (let item = ledger.fold.doc.getText(rootOfSong(songId))._start; item !== null; item = item.right) {
    const to = item.deleted ? offset : offset + item.length;
    if (touches(item, item.deleted ? deleted : written)) {
      const last = places.at(-1);
      if (last !== undefined && last.to === offset) last.to = to;
      else places.push({ from: offset, to });
    }
    offset = to;
  }
  return places;
}
