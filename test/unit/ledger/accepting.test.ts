import { expect, test } from 'vitest';
import { fromHex, uuidToBytes } from '../../../shared/base/ids.ts';
import { limits } from '../../../shared/base/limits.ts';
import { utf8, type Bytes } from '../../../shared/ledger/bytes.ts';
import { entryKinds, noHash, parseEntry, signEntry, type Entry } from '../../../shared/ledger/entry.ts';
import { deviceIdOf } from '../../../shared/ledger/keys.ts';
import { encodeJson } from '../../../shared/ledger/payloads.ts';
import { sessionId } from '../../support/fuzz/fuzz-device.ts';
import { Scene, useStories } from '../../support/fuzz/scene.ts';

useStories();

/** A chat entry by hand, signed with the person's own key. */
function say(
  scene: Scene,
  at: number,
  { seq = 1, prev = noHash, run = 1 }: { seq?: number; prev?: Bytes; run?: number } = {},
): Promise<Entry> {
  const { signer } = scene.seat(at).keys;
  const payload = encodeJson({ type: 'message', text: 'by hand', reply_to: null });
  const ids = { sessionId: uuidToBytes(sessionId), deviceId: deviceIdOf(signer.publicKey), run: new Uint8Array(8).fill(run) };
  return signEntry({ kind: entryKinds.chat, ...ids, seq, prev, epoch: 1, at: 1, payload }, signer);
}

async function give(scene: Scene, from: number, ...blocks: Bytes[]): Promise<void> {
  for (const view of scene.window(from).replica.views) view.link.send({ type: 'entries', entries: blocks });
  await scene.pass(100);
}

function hashesOnDisk(scene: Scene, at: number): Set<string> {
  const { entries } = scene.seat(at).disk.readEntries(sessionId, 0, Number.MAX_SAFE_INTEGER);
  return new Set(entries.flatMap((bytes) => parseEntry(bytes)?.hash ?? []));
}

test('[R-ENT-4] no strike for a verdict, an old epoch, a gap or a missing dependency', async () => {
  const scene = await Scene.open('owner', 'editor', 'viewer');
  for (const at of [1, 2]) await scene.link(0, at);
  await scene.link(0, null);
  await scene.pass(100);
  const gap = await say(scene, 1, { seq: 3, prev: new Uint8Array(32).fill(7) });
  await give(scene, 1, gap.bytes);
  const answer = { type: 'message', text: 'to what nobody has', reply_to: 'ab'.repeat(32) };
  await scene.window(1).author.write(entryKinds.chat, encodeJson(answer));
  // By a viewer that never had it, in whatever epoch.
  await scene.window(2).author.write(entryKinds.songSet, encodeJson({ sets: [[`song/${sessionId}`, true]], lamport: 1 }));
  await scene.pass(2_000);
  expect(scene.window(0).replica.views).toHaveLength(3);
  expect(scene.world.faults).toEqual([]);
  expect(scene.window(0).ledger.fold.sets.size).toBe(0);
});

test.each(['malformed', 'forged', 'of another session'])('[R-ENT-4] what is %s ends the link it came over', async (how) => {
  const scene = await Scene.open('owner', 'editor', 'editor');
  for (const at of [1, 2]) await scene.link(0, at);
  scene.seat(1).isHostile = true;
  await scene.link(0, null);
  const genuine = await say(scene, 2);
  const bytes = new Uint8Array(genuine.bytes);
  // The version, the last byte of the signature's first half, the session.
  const at = { malformed: 0, forged: genuine.header.length + 8, 'of another session': 3 }[how] ?? 0;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  await give(scene, 1, bytes);
  expect(scene.window(0).replica.views.map((view) => view.link.device)).not.toContain(scene.seat(1).device);
  expect(scene.window(0).replica.views).toHaveLength(2);
});

test('[R-ENT-5] what is refused and was once permitted is kept and handed on, for its place; what never was, is not', async () => {
  const scene = await Scene.open('owner', 'editor', 'viewer', 'viewer');
  await scene.link(0, null);
  await scene.link(1, null);
  await scene.part(1, null);
  scene.type(1, 0, 'written offline');
  await scene.pass(100);
  await scene.world.server.setRole(scene.seat(1), 'viewer');
  await scene.arrive();
  await scene.part(0, null);
  // A line of people without the authority: 1 – 0 – 2, and 3 who never had more than to read.
  for (const at of [1, 2, 3]) await scene.link(0, at);
  const written = scene.window(1).made[0]?.hash ?? '';
  const never = await scene.window(3).author.write(entryKinds.songSet, encodeJson({ sets: [[`song/${sessionId}`, true]], lamport: 1 }));
  await scene.pass(500);
  for (const at of [0, 2]) {
    expect(hashesOnDisk(scene, at).has(written)).toBe(true);
    expect(hashesOnDisk(scene, at).has(never.hash)).toBe(false);
    expect(scene.text(at)).toBe('');
  }
});

test('[R-ENT-1] what does not chain is dropped without a word, and what is too large never becomes an entry', async () => {
  const scene = await Scene.open('owner', 'editor');
  await scene.link(0, 1);
  await scene.link(0, null);
  await scene.pass(100);
  const first = await say(scene, 1);
  await give(scene, 1, first.bytes);
  const stray = await say(scene, 1, { seq: 2, prev: new Uint8Array(32) });
  await give(scene, 1, stray.bytes);
  const second = await say(scene, 1, { seq: 2, prev: fromHex(first.hash) });
  await give(scene, 1, second.bytes);
  const { ledger, replica } = scene.window(0);
  expect([first, stray, second].map(({ hash }) => ledger.entry(hash) !== undefined)).toEqual([true, false, true]);
  expect(replica.views).toHaveLength(2);
  expect(parseEntry(new Uint8Array([...first.header, ...first.signature, ...utf8('x'.repeat(limits.entryBytes))]))).toBeNull();
});

test('[R-LNK-4] a message that was lost is healed by the next heads', async () => {
  const scene = await Scene.open('owner', 'editor');
  await scene.link(0, null);
  await scene.link(0, 1);
  await scene.pass(100);
  scene.world.lossPercent = 100;
  scene.type(0, 0, 'lost on the way');
  await scene.arrive();
  scene.world.lossPercent = 0;
  expect(scene.text(1)).toBe('');
  await scene.pass(limits.headsEveryMs);
  expect(scene.text(1)).toBe('lost on the way');
});

test('[R-LNK-5] a link that says nothing is dead after 5 s at both ends, others stay', async () => {
  const scene = await Scene.open('owner', 'editor', 'editor');
  await scene.link(0, 1);
  const silent = scene.world.wires[0];
  await scene.link(0, null);
  await scene.link(0, 2);
  await scene.pass(limits.pingEveryMs);
  expect(scene.window(0).replica.views).toHaveLength(3);
  if (silent !== undefined) silent.isHeld = true;
  await scene.pass(limits.deadAfterMs - limits.pingEveryMs);
  expect(scene.window(0).replica.views).toHaveLength(3);
  await scene.pass(2 * limits.pingEveryMs + 1);
  expect(scene.window(0).replica.views).toHaveLength(2);
  expect(scene.window(1).replica.linkCount).toBe(0);
});

test('[R-LNK-5] pings tell how far the other’s clock is off, a day included', async () => {
  const scene = await Scene.open('owner', 'editor');
  scene.seat(1).offsetMs = -86_400_000;
  await scene.link(0, null);
  await scene.link(0, 1);
  await scene.pass(2 * limits.pingEveryMs);
  const offsets = scene.window(0).replica.views.map((view) => view.link.clockOffsetMs);
  expect(offsets).toEqual([0, -86_400_000]);
});
