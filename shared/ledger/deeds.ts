import type { Entry, EntryKind } from './entry.ts';
import { entryKinds } from './entry.ts';
import type { Chat, Comment, Marker, SongSet } from './payloads.ts';
import { attestedSchema, chatSchema, commentSchema, markerSchema, parseJson, partsOf, songSetSchema } from './payloads.ts';
import type { TextUpdate } from './update.ts';
import { decodeUpdate } from './update.ts';

/** One thing an entry asks for, parsed. `userId`: for whom the authority attested it; null: the device's user. */
export type Deed =
  | { kind: typeof entryKinds.songUpdate; update: TextUpdate }
  | { kind: typeof entryKinds.songSet; set: SongSet }
  | { kind: typeof entryKinds.comment; comment: Comment; userId: string | null }
  | { kind: typeof entryKinds.chat; chat: Chat; userId: string | null }
  | { kind: typeof entryKinds.marker; marker: Marker; userId: string | null };

function deedOf(kind: EntryKind, payload: Uint8Array, client: number, userId: string | null): Deed | null {
  switch (kind) {
    case entryKinds.songUpdate: {
      const update = decodeUpdate(payload, client);
      return update === null ? null : { kind, update };
    }
    case entryKinds.songSet: {
      const set = parseJson(songSetSchema, payload);
      return set === null ? null : { kind, set };
    }
    case entryKinds.comment: {
      const comment = parseJson(commentSchema, payload);
      return comment === null ? null : { kind, comment, userId };
    }
    case entryKinds.chat: {
      const chat = parseJson(chatSchema, payload);
      return chat === null ? null : { kind, chat, userId };
    }
    case entryKinds.marker: {
      const marker = parseJson(markerSchema, payload);
      return marker === null ? null : { kind, marker, userId };
    }
    case entryKinds.attested:
      return null;
  }
}

/** What an entry asks for, in its order; null when its payload is malformed. */
export function deedsOf(entry: Entry): Deed[] | null {
  if (entry.kind !== entryKinds.attested) {
    const deed = deedOf(entry.kind, entry.payload, entry.clientId, null);
    return deed === null ? null : [deed];
  }
  const attested = parseJson(attestedSchema, entry.payload);
  if (attested === null) return null;
  const deeds = partsOf(attested).map((part) => deedOf(part.kind, part.payload, entry.clientId, attested.user_id));
  return deeds.every((deed) => deed !== null) ? deeds : null;
}

/** The comment or message that it changes, when it is no answer and no reaction of one's own. */
export function changeIn(deed: Deed): string | null {
  if (deed.kind === entryKinds.comment) return deed.comment.type === 'add' ? null : deed.comment.comment;
  return deed.kind === entryKinds.chat && deed.chat.type === 'delete' ? deed.chat.message : null;
}

/** The comment or message that it names: it waits for that one, and does nothing unless that one counts. */
export function nameIn(deed: Deed): string | null {
  if (deed.kind === entryKinds.comment) return deed.comment.type === 'add' ? deed.comment.reply_to : deed.comment.comment;
  if (deed.kind === entryKinds.chat) return deed.chat.type === 'message' ? deed.chat.reply_to : deed.chat.message;
  return null;
}
