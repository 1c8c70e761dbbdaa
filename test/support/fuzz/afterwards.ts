import { equalBytes } from '../../../shared/ledger/bytes.ts';
import { entryKinds, type Entry } from '../../../shared/ledger/entry.ts';
import { verdicts } from '../../../shared/ledger/record.ts';
import { auditReopened, pictureOf, type Findings } from './audit.ts';
import type { Rng } from './rng.ts';
import { readersOf, settle } from './settle.ts';
import type { World } from './world.ts';

// After a story: the authority's folder is an older one again. R-AUT-5.

/** All who may read show what the authority shows, and would after a restart. */
function auditEqual(world: World): Findings {
  const { room } = world.server;
  if (room === null) return ['NOBODY the authority is gone'];
  const want = pictureOf(room.ledger.fold);
  const found = world.faults.splice(0).map((fault) => `FAULT ${fault instanceof Error ? fault.message : String(fault)}`);
  for (const device of readersOf(world)) {
    if (pictureOf(device.ledger.fold) !== want) found.push(`CONTENT ${device.seat.name}`);
    found.push(...auditReopened(device, want));
  }
  return found;
}

/** Apps give it what it lacks, record by record or from a checkpoint on: the history is the one that it was. */
async function auditRestored(world: World): Promise<Findings> {
  const { server } = world;
  const before = server.room?.ledger;
  if (before === undefined || !server.restore()) return [];
  const want = pictureOf(before.fold);
  await server.open();
  await settle(world);
  const after = server.room?.ledger;
  if (after === undefined) return ['NOBODY the authority is gone'];
  const isSame = after.n === before.n && equalBytes(after.chain, before.chain) && pictureOf(after.fold) === want;
  const found = isSame ? [] : [`RESTORED the authority has ${after.n} of ${before.n} records, or shows something else`];
  return [...found, ...auditEqual(world)];
}

function marksOf(world: World, userId: string): Set<string> {
  const ofPerson = world.windows.filter(({ seat }) => seat.userId === userId);
  return new Set(ofPerson.flatMap(({ drafts }) => drafts.list().flatMap(({ marks }) => marks)));
}

/** The next generation begins at what it has: what else there is comes back, and is judged anew. */
async function auditRaised(world: World): Promise<Findings> {
  const { server } = world;
  if (server.room === null || !server.restore() || !(await server.raiseGeneration())) return [];
  await server.open();
  await settle(world);
  const ledger = server.room?.ledger;
  if (ledger === undefined) return ['NOBODY the authority is gone'];
  const numbered = new Map(ledger.base?.body.streams.map(({ stream, seq }) => [stream, seq]));
  const hasVerdict = ({ hash, stream, seq }: Entry): boolean =>
    ledger.recordOf(hash)?.verdict === verdicts.ok || (numbered.get(stream) ?? 0) >= seq;
  const lost = readersOf(world).flatMap(({ seat }) => {
    const marks = marksOf(world, seat.userId);
    return [...seat.kept.values()]
      .filter((entry) => entry.kind === entryKinds.songUpdate && !hasVerdict(entry) && !marks.has(entry.hash))
      .map(({ seq, stream }) => `LOST ${seat.name} ${stream.slice(-4)} ${seq} neither counts in the next generation nor is in a draft`);
  });
  return [...lost, ...auditEqual(world)];
}

/** @param rng not the story's own */
export async function auditAfterwards(world: World, rng: Rng): Promise<Findings> {
  const what = rng.weighted([[4, 'nothing'], [3, 'restored'], [3, 'raised']] as const); // prettier-ignore
  if (what === 'nothing') return [];
  world.note(`(afterwards: ${what})`);
  const found = await (what === 'restored' ? auditRestored(world) : auditRaised(world));
  return found.map((finding) => `AFTERWARDS ${what}: ${finding}`);
}
