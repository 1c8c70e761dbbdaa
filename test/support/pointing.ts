import * as encoding from 'lib0/encoding';
import type { LedgerClient } from './ledger-client.ts';
import { testSongId } from './ledger-session.ts';

let clock = 0;

/** As one of their windows tells where somebody is. @param awarenessClient of the window */
export function point(client: LedgerClient, awarenessClient: number, state: Record<string, unknown>): void {
  const out = encoding.createEncoder();
  encoding.writeVarUint(out, 1);
  encoding.writeVarUint(out, awarenessClient);
  encoding.writeVarUint(out, ++clock);
  encoding.writeVarString(out, JSON.stringify(state));
  const update = new Uint8Array(encoding.toUint8Array(out));
  client.replica.authorityView?.link.send({ type: 'awareness', device: client.person.device, update });
}
const place = (at: number) => ({ tname: `s:${testSongId}`, item: { client: 1, clock: at }, assoc: 0 });
/** Where they may be: the same for the same number. */
export const at = (clock: number) => ({ song_id: testSongId, cursor: { anchor: place(clock), head: place(clock) }, is_typing: false });
