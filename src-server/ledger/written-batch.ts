import type * as Y from 'yjs';
import { deedsOf, type Deed } from '../../shared/ledger/deeds.ts';
import { entryKinds, type Entry } from '../../shared/ledger/entry.ts';
import type { SequencedEntry } from '../../shared/ledger/ledger-store.ts';
import { parseRecord, verdicts } from '../../shared/ledger/record.ts';
import type { TextUpdate } from '../../shared/ledger/update.ts';
import type { Written } from '../features/statistics/written.ts';
import { placeOf } from './song-place.ts';
import { writerOf } from '../../shared/ledger/writer-of.ts';

function emptyFor(userId: string): Written {
  return {
    user_id: userId,
    entries: 0,
    bytes: 0,
    edits: 0,
    characters_added: 0,
    characters_removed: 0,
    messages: 0,
    refused: 0,
    comments_added: [],
    comments_resolved: [],
    songs_added: [],
    songs_removed: [],
    places: [],
  };
}

function countText(written: Written, update: TextUpdate, doc: Y.Doc): void {
  written.edits += 1;
  for (const { text, length } of update.structs) if (text !== null) written.characters_added += length;
  for (const { length } of update.deleted) written.characters_removed += length;
  const place = placeOf(doc, update);
  if (place === null) return;
  const known = written.places.find(({ song_id, section }) => song_id === place.song_id && section === place.section);
  if (known === undefined) written.places.push({ ...place, edits: 1 });
  else known.edits += 1;
}

function countDeed(written: Written, entry: Entry, deed: Deed, doc: Y.Doc): void {
  switch (deed.kind) {
    case entryKinds.songUpdate:
      countText(written, deed.update, doc);
      return;
    case entryKinds.songSet:
      for (const [key, value] of deed.set.sets) {
        const songId = /^song\/(.+)$/.exec(key)?.[1];
        if (songId !== undefined) (value === true ? written.songs_added : written.songs_removed).push(songId);
      }
      return;
    case entryKinds.comment:
      if (deed.comment.type === 'add') written.comments_added.push(entry.hash);
      if (deed.comment.type === 'resolve') written.comments_resolved.push(deed.comment.comment);
      return;
    case entryKinds.chat:
      if (deed.chat.type === 'message') written.messages += 1;
      return;
    case entryKinds.marker:
      return;
  }
}

/** What each person did in a batch that the authority numbers. Words are not among it, only counts and names. */
export function writtenIn(batch: readonly SequencedEntry[], doc: Y.Doc, userOf: (device: string) => string | null): Written[] {
  const people = new Map<string, Written>();
  for (const { entry, record } of batch) {
    const userId = entry === null ? null : writerOf(entry, userOf);
    if (entry === null || userId === null) continue;
    const written = people.get(userId) ?? emptyFor(userId);
    people.set(userId, written);
    if (parseRecord(record)?.verdict === verdicts.void) {
      written.refused += 1;
      continue;
    }
    written.entries += 1;
    written.bytes += entry.bytes.length;
    for (const deed of deedsOf(entry) ?? []) countDeed(written, entry, deed, doc);
  }
  return [...people.values()];
}
