import { entryKinds, type Entry } from '../../../shared/ledger/entry.ts';
import { readDisk } from './read-disk.ts';
import { readersOf } from './settle.ts';
import type { World } from './world.ts';

interface Words {
  type: string;
  comment?: string;
  message?: string;
}

function wordsOf(entry: Entry): Words | null {
  const isSaid = entry.kind === entryKinds.comment || entry.kind === entryKinds.chat;
  return isSaid && entry.form === 'whole' ? (JSON.parse(new TextDecoder().decode(entry.payload)) as Words) : null;
}

/** Hashes of what counting deletions name, and of what a deleted comment was changed to. */
export function deletedIn(world: World): Set<string> {
  const counting = world.server.judged.flatMap(({ record, entry }) => (record.verdict === 0 && entry !== null ? [entry] : []));
  const said = new Map(
    counting.flatMap((entry) => {
      const words = wordsOf(entry);
      return words === null ? [] : [[entry.hash, { entry, words }] as const];
    }),
  );
  const deleted = new Set<string>();
  for (const { entry, words } of said.values()) {
    const target = said.get(words.comment ?? words.message ?? '');
    if (words.type !== 'delete' || target?.entry.kind !== entry.kind) continue;
    if (target.words.type === 'add' || target.words.type === 'message') deleted.add(target.entry.hash);
  }
  for (const { entry, words } of said.values()) if (words.type === 'edit' && deleted.has(words.comment ?? '')) deleted.add(entry.hash);
  return deleted;
}

/** R-ENT-6: what was deleted is on no disk any more, and nothing else is missing. */
export function auditPayloads(world: World): string[] {
  const deleted = deletedIn(world);
  const disks: [string, World['server']['disk']][] = [
    ['authority', world.server.disk],
    ...readersOf(world).map(({ seat }): [string, World['server']['disk']] => [seat.name, seat.disk]),
  ];
  return disks.flatMap(([name, disk]) =>
    [...readDisk(disk).entries.values()].flatMap((entry) => {
      if (deleted.has(entry.hash) && entry.form === 'whole') return [`GHOST ${name} still has what was deleted: ${entry.hash.slice(0, 6)}`];
      if (!deleted.has(entry.hash) && entry.form === 'bare') return [`WORDS ${name} has no words of ${entry.hash.slice(0, 6)}`];
      return [];
    }),
  );
}
