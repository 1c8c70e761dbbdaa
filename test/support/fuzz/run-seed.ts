import process from 'node:process';
import { audit, auditRestart, type Findings } from './audit.ts';
import { auditDrafts, auditUnsaid } from './audit-drafts.ts';
import { meetWithoutAuthority, settle } from './settle.ts';
import { probe } from './people.ts';
import { shortenCheckpoints, shortenVoidBudget } from './short-limits.ts';
import { tell } from './story.ts';
import { auditAfterwards } from './afterwards.ts';
import { Rng } from './rng.ts';
import { World } from './world.ts';

export interface SeedResult {
  findings: Findings;
  /** What happened, in order, for whoever looks for the reason. */
  trail: readonly string[];
  entries: number;
  voids: number;
  /** Windows that began at a checkpoint. */
  begun: number;
  /** Changes in drafts. */
  drafts: number;
}

/** At the end everybody who may write can: what they type gets its number. */
async function probeAll(world: World): Promise<Findings> {
  const before = world.server.judged.length;
  const writers = world.windows.filter((device) => !device.seat.isHostile && world.server.roleOf(device.seat) !== null && probe(device));
  const streams = writers.map(({ author }) => author.streamName);
  await settle(world);
  const numbered = new Set(
    world.server.judged.slice(before).flatMap(({ entry, record }) => (record.verdict === 0 && entry !== null ? entry.stream : [])),
  );
  return writers.flatMap(({ seat }, at) =>
    numbered.has(streams[at] ?? '') ? [] : [`MUTE what ${seat.name} writes at the end gets no number`],
  );
}

/**
 * One story from its seed: people write, machines and wires fail, then all meet and everything must be true.
 * @param prepare lets a test break something on purpose before anybody does anything
 */
export async function runSeed(seed: number, isHostile: boolean, prepare: (world: World) => void = () => undefined): Promise<SeedResult> {
  const world = await World.open(seed);
  // Of its own, so that stories are the same whatever is done with them afterwards.
  const aside = new Rng(seed + 1_000_000);
  world.backUpAt = aside.int(100);
  const mayBar = world.rng.chance(process.env['FUZZ_ALL_BARRED'] === undefined ? 0.2 : 1);
  const ends = [world.rng.chance(0.5) ? shortenCheckpoints() : null, mayBar ? shortenVoidBudget() : null];
  try {
    prepare(world);
    await world.server.open();
    await tell(world, isHostile);
    if (world.rng.chance(0.3)) await meetWithoutAuthority(world);
    await settle(world);
    const probed = await probeAll(world);
    const judged = world.server.judged;
    const begun = world.windows.filter(({ ledger }) => ledger.base !== null).length;
    const drafts = world.windows.reduce((sum, device) => sum + device.drafts.summary().count, 0);
    const findings = [...audit(world), ...auditDrafts(world), ...auditUnsaid(world), ...probed, ...(await auditRestart(world))];
    if (findings.length === 0 && !isHostile) findings.push(...(await auditAfterwards(world, aside)));
    const voids = judged.filter(({ record }) => record.verdict === 1).length;
    return { findings, trail: world.trail, entries: judged.length, voids, begun, drafts };
  } catch (error) {
    const faults = world.faults.map((fault) => `FAULT ${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}`);
    const thrown = `THROWN ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    return { findings: [thrown, ...faults], trail: world.trail, entries: 0, voids: 0, begun: 0, drafts: 0 };
  } finally {
    world.end();
    for (const end of ends) end?.();
  }
}
