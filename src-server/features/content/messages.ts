import { Fault } from '../../../shared/base/errors.ts';
import type { MessageView } from '../../../shared/session/content-schemas.ts';
import { userOf } from '../caller.ts';
import type { Handlers } from '../handlers.ts';
import { enter } from '../sessions/gate.ts';
import type { SessionParts } from '../sessions/parts.ts';
import type { PeopleNames } from '../sessions/people-names.ts';
import { enterToWrite } from './content-gate.ts';
import type { SaidMessage } from './content-port.ts';

/** Chat for programs that speak no ledger. */
export function createMessages(
  { sessions, content }: Pick<SessionParts, 'sessions' | 'content'>,
  names: PeopleNames,
): Pick<Handlers, 'listMessages' | 'sendMessage'> {
  function show({ user_id, atMs, ...message }: SaidMessage): MessageView {
    return { ...message, user: names.person(user_id), created_at: new Date(atMs).toISOString() };
  }

  return {
    async listMessages({ id, limit, cursor }, caller) {
      enter(sessions, id, userOf(caller), 'read');
      const newestFirst = (await content.messages(id)).toReversed();
      // Messages are named by hashes: the cursor is the last one that was shown.
      const from = cursor === undefined ? 0 : newestFirst.findIndex((message) => message.id === cursor) + 1;
      if (cursor !== undefined && from === 0) {
        throw new Fault('bad-request', undefined, [{ path: 'cursor', message: 'not a cursor of this list' }]);
      }
      const items = newestFirst.slice(from, from + limit);
      const hasMore = newestFirst.length > from + limit;
      return { items: items.map(show), next_cursor: hasMore ? (items.at(-1)?.id ?? null) : null };
    },

    async sendMessage({ id, text, reply_to = null }, caller) {
      const { userId } = enterToWrite(sessions, id, caller, 'chat');
      const made = await content.say(id, userId, { text, reply_to });
      if (made === null) throw new Fault('unprocessable', undefined, [{ path: 'reply_to', message: 'There is no such message.' }]);
      const message = (await content.messages(id)).find((one) => one.id === made);
      if (message === undefined) throw new Fault('not-found');
      return show(message);
    },
  };
}
