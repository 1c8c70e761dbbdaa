import { readThreads } from '../../shared/ledger/comments.ts';
import { readMessages } from '../../shared/ledger/chat.ts';
import { entryKinds } from '../../shared/ledger/entry.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import { encodeJson, type Chat, type Comment, type Part } from '../../shared/ledger/payloads.ts';
import type { PersonWords, Said } from '../features/sessions/ledger-port.ts';

/** Parts of one attested entry: its payload stays far below the limit of an entry. */
const partsAtOnce = 32;

/** Messages and comments of one person that stand in the session. What has no number yet counts for nobody: it is not in. */
export function personWords(ledger: Ledger, userId: string): PersonWords {
  const saidOf = ({ id, user_id, text }: { id: string; user_id: string; text: string }): Said[] => {
    const record = user_id === userId ? ledger.recordOf(id) : undefined;
    return record === undefined ? [] : [{ id, text, at: new Date(record.receivedAt).toISOString() }];
  };
  const threads = readThreads(ledger, ledger.fold.comments, ledger.fold.gone);
  const remarks = threads.flatMap(({ first, replies }) => [...(first === null ? [] : [first]), ...replies]);
  return {
    messages: readMessages(ledger, ledger.fold.chat, ledger.fold.gone).flatMap(saidOf),
    comments: remarks.flatMap(saidOf),
  };
}

/** What takes them back, in groups that one attested entry holds each. */
export function deletionsOf({ messages, comments }: PersonWords): Part[][] {
  const parts: Part[] = [
    ...messages.map(({ id }) => ({ kind: entryKinds.chat, payload: encodeJson({ type: 'delete', message: id } satisfies Chat) })),
    ...comments.map(({ id }) => ({ kind: entryKinds.comment, payload: encodeJson({ type: 'delete', comment: id } satisfies Comment) })),
  ];
  const groups: Part[][] = [];
  for (let at = 0; at < parts.length; at += partsAtOnce) groups.push(parts.slice(at, at + partsAtOnce));
  return groups;
}
