import * as Y from 'yjs';
import { entryKinds, type Entry } from '../../../shared/ledger/entry.ts';
import type { StreamState } from '../../../shared/ledger/stream-state.ts';
import { readDisk } from './read-disk.ts';
import type { World } from './world.ts';

/** All that is on any disk, or was folded by the authority. */
function readEverything(world: World): { entries: Set<string>; ends: Map<number, number> } {
  const entries = new Set<string>();
  const { room, disk } = world.server;
  const ends = room === null ? new Map<number, number>() : Y.decodeStateVector(Y.encodeStateVector(room.ledger.fold.doc));
  for (const each of [disk, ...world.seats.map((seat) => seat.disk)]) {
    for (const entry of readDisk(each).entries.values()) {
      entries.add(entry.hash);
      if (entry.kind !== entryKinds.songUpdate || entry.form !== 'whole') continue;
      for (const { id, length } of Y.decodeUpdate(entry.payload).structs)
        ends.set(id.client, Math.max(ends.get(id.client) ?? 0, id.clock + length));
    }
  }
  return { entries, ends };
}

/** The places in texts that an update stands on or takes out. */
function placesNeeded(payload: Uint8Array): { client: number; clock: number }[] {
  const { structs, ds } = Y.decodeUpdate(payload);
  const around = structs.flatMap((struct) => (struct instanceof Y.Item ? [struct.origin, struct.rightOrigin] : []));
  const taken = [...ds.clients].flatMap(([client, ranges]) => ranges.map(({ clock, len }) => ({ client, clock: clock + len - 1 })));
  return [...around.flatMap((id) => id ?? []), ...taken];
}

/** The comments and messages that somebody's words name. */
function namedBy({ payload }: Entry): string[] {
  const words = JSON.parse(new TextDecoder().decode(payload)) as Record<string, unknown>;
  return ['comment', 'message', 'reply_to'].flatMap((field) => (typeof words[field] === 'string' ? [words[field]] : []));
}

/**
 * Whether what the stream says next stands on words that nobody has: their author and who wrote on both died within the moment
 * before their disks had them (R-LOC-1: sending waits for no disk), or they were deleted, and an older backup knows nothing of them.
 */
export function waitsForLost(world: World, stream: StreamState): boolean {
  const next = stream.next(stream.foldedSeq, stream.foldedHash);
  if (next == null || next.form !== 'whole') return false;
  const { entries, ends } = readEverything(world);
  if (next.kind === entryKinds.comment || next.kind === entryKinds.chat) return namedBy(next).some((hash) => !entries.has(hash));
  if (next.kind !== entryKinds.songUpdate) return false;
  return placesNeeded(next.payload).some(({ client, clock }) => clock >= (ends.get(client) ?? 0));
}
