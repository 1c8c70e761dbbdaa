import { decodeUpdate, getState } from 'yjs';
import { entryKinds, type Entry } from '../../../shared/ledger/entry.ts';
import { verdicts } from '../../../shared/ledger/record.ts';
import type { Findings } from './audit.ts';
import type { World } from './world.ts';

/**
 * R-LOC-3: every change of a song that its author's disk keeps and that does not count is in one of that person's drafts. Where
 * somebody breaks rules, what takes out words that never count and adds none has nothing to keep, and waits for ever.
 */
export function auditDrafts(world: World): Findings {
  const judged = new Map(world.server.judged.map(({ record }) => [record.hash, record.verdict]));
  const store = world.server.room?.ledger.fold.doc.store;
  const isThere = (client: number, clock: number): boolean => store !== undefined && getState(store, client) > clock;
  const hasNothing = (payload: Uint8Array): boolean => {
    const { structs, ds } = decodeUpdate(payload);
    return structs.length === 0 && ![...ds.clients].some(([client, ranges]) => ranges.some(({ clock }) => isThere(client, clock)));
  };
  const isRefused = ({ hash, payload }: Entry): boolean => {
    const verdict = judged.get(hash);
    if (verdict !== undefined && verdict !== verdicts.void) return false;
    return !world.isHostile || !hasNothing(payload);
  };
  return world.windows.flatMap(({ seat, drafts }) => {
    if (seat.isHostile) return [];
    const marks = new Set(drafts.list().flatMap((draft) => draft.marks));
    return [...seat.kept.values()]
      .filter((entry) => entry.kind === entryKinds.songUpdate && isRefused(entry) && !marks.has(entry.hash))
      .map(({ seq, stream }) => `NODRAFT ${seat.name} ${stream.slice(-4)} ${seq} was refused and is in no draft`);
  });
}
