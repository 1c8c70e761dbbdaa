import { entryKinds } from '../../../shared/ledger/entry.ts';
import { verdicts } from '../../../shared/ledger/record.ts';
import type { Findings } from './audit.ts';
import type { World } from './world.ts';

/**
 * R-LOC-3: every change of a song that its author's disk keeps and that does not count is in one of that person's drafts. Where
 * somebody breaks rules only what has its verdict is looked for: what stands inside words that never count waits for ever.
 */
export function auditDrafts(world: World): Findings {
  const judged = new Map(world.server.judged.map(({ record }) => [record.hash, record.verdict]));
  const isRefused = (hash: string): boolean => {
    const verdict = judged.get(hash);
    return verdict === undefined || verdict === verdicts.void;
  };
  return world.windows.flatMap(({ seat, drafts }) => {
    if (seat.isHostile) return [];
    const marks = new Set(drafts.list().flatMap((draft) => draft.marks));
    return [...seat.kept.values()]
      .filter(({ kind, hash }) => kind === entryKinds.songUpdate && isRefused(hash) && !marks.has(hash))
      .map(({ seq, stream }) => `NODRAFT ${seat.name} ${stream.slice(-4)} ${seq} was refused and is in no draft`);
  });
}
