import * as Y from 'yjs';
import { songsOf } from './draft.ts';
import type { Entry } from './entry.ts';
import { entryKinds } from './entry.ts';
import type { Ledger } from './ledger.ts';
import type { LedgerBase } from './ledger-base.ts';
import type { RefusedEdits } from './refused-edits.ts';
import { deviceOfStream } from './stream.ts';
import { decodeUpdate, rootOfSong } from './update.ts';

/** A song with own text in it whose verdict a checkpoint leaves out. */
export interface DoubtfulSong {
  song_id: string;
  /** As it was with that text. */
  text: string;
  entries: readonly Entry[];
}

/** Whether any text that the entry wrote is to be seen. */
function isSeen(doc: Y.Doc, entry: Entry): boolean {
  const structs = decodeUpdate(entry.payload, entry.clientId)?.structs ?? [];
  for (const { clock, length } of structs) {
    for (let at = clock; at < clock + length && at < Y.getState(doc.store, entry.clientId);) {
      const item = Y.getItem(doc.store, Y.createID(entry.clientId, at));
      if (!item.deleted) return true;
      at = item.id.clock + item.length;
    }
  }
  return false;
}

/**
 * Own text without a record here that a checkpoint stands for: the records between are left out, and with them the verdicts.
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
      if (!isText || !isSeen(doc, entry)) continue;
      for (const songId of songsOf(doc, entry)) bySong.set(songId, [...(bySong.get(songId) ?? []), entry]);
    }
  }
  return [...bySong].map(([song_id, entries]) => ({ song_id, entries, text: doc.getText(rootOfSong(song_id)).toJSON() }));
}

/** Those of them that are not to be seen where the ledger begins now: they were refused, or somebody took them out meanwhile. */
export function vanished(ledger: Ledger, { entries }: DoubtfulSong): Entry[] {
  return entries.filter((entry) => !isSeen(ledger.fold.doc, entry));
}
