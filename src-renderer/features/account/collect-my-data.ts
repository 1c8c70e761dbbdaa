import type { PersonExport } from '../../../shared/api/auth.ts';
import type { Bridge } from '../../../shared/ipc/contract.ts';
import { request } from '../../app/request.ts';

/** Everything that the server has about this person, of all its parts. */
export async function collectMyData(bridge: Bridge): Promise<Omit<PersonExport, 'next_cursor'>> {
  const { next_cursor, ...whole } = await request(bridge, 'exportMe', {});
  for (let cursor = next_cursor; cursor !== null;) {
    const part = await request(bridge, 'exportMe', { cursor });
    whole.activities.push(...part.activities);
    whole.counts.push(...part.counts);
    whole.messages.push(...part.messages);
    whole.comments.push(...part.comments);
    whole.recordings.push(...part.recordings);
    cursor = part.next_cursor;
  }
  return whole;
}
