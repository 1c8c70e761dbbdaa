import * as encoding from 'lib0/encoding';
import { expect, onTestFinished, test } from 'vitest';
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { limits } from '../../../shared/base/limits.ts';
import type { Bytes } from '../../../shared/ledger/bytes.ts';
import { Presence } from '../../../src-renderer/session/presence.ts';

const people = new Map([
  ['ann', { user_id: '0198f000-0000-7000-8000-00000000000a', name: 'Ann', color: '#112233' }],
  ['eve', { user_id: '0198f000-0000-7000-8000-00000000000e', name: 'Eve', color: '#445566' }],
]);

function openPresence(): Presence {
  const presence = new Presence((device) => people.get(device) ?? null, { now: () => 1_800_000_000_000 });
  onTestFinished(() => presence.close());
  return presence;
}

/** y-webrtc's awareness message of one client. */
function message(client: number, state: Record<string, unknown> | null, clock = 1): Bytes {
  const update = encoding.createEncoder();
  encoding.writeVarUint(update, 1);
  encoding.writeVarUint(update, client);
  encoding.writeVarUint(update, clock);
  encoding.writeVarString(update, JSON.stringify(state));
  const out = encoding.createEncoder();
  encoding.writeVarUint(out, 1);
  encoding.writeVarUint8Array(out, encoding.toUint8Array(update));
  return new Uint8Array(encoding.toUint8Array(out));
}

test('[R-MSH-1] over the mesh nobody is seen in another’s name, however they write it', () => {
  const presence = openPresence();
  expect(presence.receiveMessage(message(10, { is_typing: false }), 'ann', 10)).toBe(true);
  expect(presence.states().get(10)).toMatchObject({ user: { name: 'Ann' }, is_typing: false });
  // Eve's hello named 11: she may not speak of Ann's window, nor of this one.
  expect(presence.receiveMessage(message(10, { is_typing: true }, 99), 'eve', 11), 'in another’s name').toBe(false);
  presence.receiveMessage(message(presence.ownClient, { is_typing: true }, 99), 'eve', presence.ownClient);
  presence.receiveMessage(message(10, null, 99), 'eve', 11);
  // Her hello names Ann's window: it belongs to who named it first.
  presence.receiveMessage(message(10, { is_typing: true }, 99), 'eve', 10);
  expect(presence.states().get(10)).toMatchObject({ user: { name: 'Ann' }, is_typing: false });
  // With a name of her choice she is not understood at all; without one she goes under her own.
  presence.receiveMessage(
    message(11, { user: { name: 'Ann', color: '#112233', colorLight: '' }, user_id: people.get('ann')?.user_id }),
    'eve',
    11,
  );
  expect(presence.states().get(11)).toMatchObject({ user: { name: 'Eve' }, user_id: people.get('eve')?.user_id });
  // Who is in no statement is nobody.
  presence.receiveMessage(message(12, { is_typing: true }), 'mallory', 12);
  expect(presence.states().has(12)).toBe(false);
});

test('[R-MSH-1] several at once, song updates, floods, giants and rubbish on y-webrtc’s channel are dropped', () => {
  const presence = openPresence();
  const doc = new Y.Doc();
  const awareness = new Awareness(doc);
  const other = new Awareness(new Y.Doc());
  onTestFinished(() => {
    awareness.destroy();
    other.destroy();
  });
  awareness.states.set(other.clientID, {});
  awareness.meta.set(other.clientID, { clock: 1, lastUpdated: 1 });
  const both = encoding.createEncoder();
  encoding.writeVarUint(both, 1);
  encoding.writeVarUint8Array(both, encodeAwarenessUpdate(awareness, [awareness.clientID, other.clientID]));
  const before = presence.states().size;
  presence.receiveMessage(new Uint8Array(encoding.toUint8Array(both)), 'eve', awareness.clientID);
  presence.receiveMessage(message(11, { cursor: 'x'.repeat(limits.awarenessBytes) }), 'eve', 11);
  presence.receiveMessage(message(11, { cursor: { anchor: { __proto__: 1, evil: 1 }, head: {} } }), 'eve', 11);
  for (const bytes of [[], [0, 2, 1, 0], [1], [1, 255, 255, 255, 255, 15], [1, 1, 7], [3], [255]])
    presence.receiveMessage(Uint8Array.from(bytes), 'eve', 11);
  expect(presence.states().size).toBe(before);
  for (let clock = 1; clock < 1_000; clock++) presence.receiveMessage(message(11, { is_typing: clock % 2 === 0 }, clock), 'eve', 11);
  expect(presence.awareness.meta.get(11)?.clock).toBeLessThanOrEqual(limits.awarenessPerSecond);
  expect([...presence.lobby.share.keys()]).toEqual([]);
});
