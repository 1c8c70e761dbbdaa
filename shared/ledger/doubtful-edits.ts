import * as Y from 'yjs';
import { songsOf } from './draft.ts';
import type { Entry } from './entry.ts';
import { entryKinds } from './entry.ts';
import type { Ledger } from './ledger.ts';
import type { LedgerBase } from './ledger-base.ts';
import type { RefusedEdits } from './refused-edits.ts';
import { deviceOfStream } from './stream.ts';
import { decodeUpdate, rootOfSong, type DeletedRange } from './update.ts';

/** A song with own text in it whose verdict a checkpoint leaves out. */
export interface DoubtfulSong {
  song_id: string;
  /** As it was with that text. */
  text: string;
  entries: readonly Entry[];
}

/** Whether any text of these places is to be seen. */
function isAnySeen(doc: Y.Doc, places: readonly DeletedRange[]): boolean {
  for (const { client, clock, length } of places) {
    for (let at = clock; at < clock + length && at < Y.getState(doc.store, client);) {
      const item = Y.getItem(doc.store, Y.createID(client, at));
      if (!item.deleted) return true;
      at = item.id.clock + item.length;
    }
  }
  return false;
}

/** Whether any text that the entry wrote is to be seen. */
function isSeen(doc: Y.Doc, entry: Entry): boolean {
  const structs = decodeUpdate(entry.payload, entry.clientId)?.structs ?? [];
  return isAnySeen(
    doc,
    structs.map(({ clock, length }) => ({ client: entry.clientId, clock, length })),
  );
}

function wrote(entry: Entry): boolean {
  return (decodeUpdate(entry.payload, entry.clientId)?.structs.length ?? 0) > 0;
}

/** What the entry took out. */
function deletedBy(entry: Entry): readonly DeletedRange[] {
  return decodeUpdate(entry.payload, entry.clientId)?.deleted ?? [];
}

/**
 * Own changes without a record here that a checkpoint stands for: the records between are left out, and with them the verdicts.
 * Asked before the ledger begins there.
 */
export function doubtfulSongs(ledger: Ledger, refused: RefusedEdits, base: LedgerBase): DoubtfulSong[] {
  const numbered = new Map(base.body.streams.map(({ stream, seq }) => [stream, seq]));
  const { doc } = ledger.fold;
  const bySong = new Map<string, Entry[]>();
  for (const stream of ledger.streams()) {
    if (!refused.isOwn(deviceOfStream(stream.name))) continue;
    for (const entry of stream.after(stream.sequencedSeq)) {
      const isText = entry.kind === entryKinds.songUpdate && entry.seq <= (numbered.get(stream.name) ?? 0);
      if (!isText || !(isSeen(doc, entry) || deletedBy(entry).length > 0)) continue;
      for (const songId of songsOf(doc, entry)) bySong.set(songId, [...(bySong.get(songId) ?? []), entry]);
    }
  }
  return [...bySong].map(([song_id, entries]) => ({ song_id, entries, text: doc.getText(rootOfSong(song_id)).toJSON() }));
}

/**
 * Those of them that are not to be seen where the ledger begins now: they were refused, or somebody took them out meanwhile.
 * Of a deletion that was refused what it took out is there again.
 */
export function vanished(ledger: Ledger, { entries }: DoubtfulSong): Entry[] {
  const { doc } = ledger.fold;
  return entries.filter((entry) => (wrote(entry) && !isSeen(doc, entry)) || isAnySeen(doc, deletedBy(entry)));
}
