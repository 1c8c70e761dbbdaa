import { deedsOf } from '../../shared/ledger/deeds.ts';
import { entryKinds } from '../../shared/ledger/entry.ts';
import type { RecordedEntry } from '../../shared/ledger/fold-stretch.ts';
import { verdicts } from '../../shared/ledger/record.ts';
import type { LedgerEvent } from '../features/recordings/recorded-ledger.ts';
import { writerOf } from '../../shared/ledger/writer-of.ts';

type Said = Pick<LedgerEvent, 'type' | 'data'>;

/** What a numbered entry is in a recording: at most one edit, and what was said. What does not count or was deleted is nothing. */
export function recordedEvents({ entry, record }: RecordedEntry, userOf: (device: string) => string | null): LedgerEvent[] {
  if (entry === null || record.verdict !== verdicts.ok || entry.form === 'bare') return [];
  const user_id = writerOf(entry, userOf);
  if (user_id === null) return [];
  let [inserted, deleted, isEdit] = [0, 0, false];
  const keys: string[] = [];
  const said: Said[] = [];
  for (const deed of deedsOf(entry) ?? []) {
    switch (deed.kind) {
      case entryKinds.songUpdate:
        isEdit = true;
        for (const { text, length } of deed.update.structs) if (text !== null) inserted += length;
        for (const { length } of deed.update.deleted) deleted += length;
        break;
      case entryKinds.songSet:
        isEdit = true;
        keys.push(...deed.set.sets.map(([key]) => key));
        break;
      case entryKinds.comment: {
        const { comment } = deed;
        if (comment.type !== 'add') break;
        const song_id = comment.anchor?.song_id ?? null;
        said.push({ type: 'comment_added', data: { id: entry.hash, text: comment.text, song_id, reply_to: comment.reply_to } });
        break;
      }
      case entryKinds.chat:
        if (deed.chat.type === 'message')
          said.push({ type: 'message_sent', data: { id: entry.hash, text: deed.chat.text, reply_to: deed.chat.reply_to } });
        break;
      case entryKinds.marker:
        said.push({ type: 'marker_added', data: { kind: deed.marker.type, name: deed.marker.name, song_id: deed.marker.song_id } });
        break;
    }
  }
  const edit: Said[] = isEdit ? [{ type: 'content_edited', data: { inserted, deleted, setlist_keys: keys } }] : [];
  return [...edit, ...said].map((one) => ({ ...one, user_id, n: record.n, atMs: record.receivedAt }));
}
