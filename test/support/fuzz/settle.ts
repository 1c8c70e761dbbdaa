import { limits } from '../../../shared/base/limits.ts';
import { equalBytes } from '../../../shared/ledger/bytes.ts';
import { headsOf } from '../../../shared/ledger/catch-up.ts';
import type { Ledger } from '../../../shared/ledger/ledger.ts';
import type { FuzzDevice } from './fuzz-device.ts';
import { authorityName, type World } from './world.ts';

/** All is well from here on: everybody is up, in reach, with room on the disk and no thumb on the wire. */
async function mend(world: World): Promise<void> {
  world.groups.clear();
  world.lossPercent = 0;
  world.server.diesAt = null;
  world.server.isDiskFull = false;
  for (const seat of world.seats) Object.assign(seat, { diesAt: null, isDiskFull: false });
  for (const wire of world.wires) wire.isHeld = false;
  if (!world.server.isAlive) await world.server.open();
  for (const seat of world.seats) if (seat.window === null) await world.openWindow(seat);
}

export function readersOf(world: World): FuzzDevice[] {
  return world.windows.filter(({ seat }) => world.server.roleOf(seat) !== null);
}

/** What has no record, as heads name it. Theirs may be of a moment ago: what came since is told at the next exchange. R-LNK-4. */
function offeredBy(ledger: Ledger): string {
  const named = headsOf(ledger).pending.map(({ stream, seq, hash }) => `${stream} ${seq} ${hash}`);
  return named.sort().join();
}

/** Whether all who may read have what the authority has, and the authority has everything. */
export function isSettled(world: World): boolean {
  const { room } = world.server;
  if (room === null) return false;
  const { n, chain, statement } = room.ledger;
  const epoch = statement?.claims.epoch;
  const offered = offeredBy(room.ledger);
  return readersOf(world).every(
    ({ ledger, replica }) =>
      ledger.n === n &&
      equalBytes(ledger.chain, chain) &&
      ledger.statement?.claims.epoch === epoch &&
      replica.authorityView !== null &&
      ledger.lacking(1).length === 0 &&
      offeredBy(ledger) === offered &&
      replica.views.every((view) => view.hasEqualHeads),
  );
}

async function exchange(world: World, isDone: () => boolean, limitMs: number): Promise<boolean> {
  const end = world.time.now + limitMs;
  while (world.time.now < end) {
    world.sweep();
    for (const [a, b] of world.unlinked()) world.link(a, b);
    await world.deliver(100_000);
    await world.pass(world.rng.pick([45, 500, 2_100]));
    await world.deliver(100_000);
    if (isDone()) return true;
    // Who may not read is linked again and again, and parted with each time.
    await world.pass(3_000);
  }
  return false;
}

/** Lets everybody meet until nothing changes any more. Throws when that does not come. */
export async function settle(world: World): Promise<void> {
  await mend(world);
  for (const device of world.windows) device.author.flush().catch((error: unknown) => world.fail(error));
  await world.rest();
  // What gathers on its way to the authority goes. R-LOC-1.
  await world.pass(limits.authorityGatherMs);
  if (await exchange(world, () => isSettled(world), 200_000)) {
    // What the store gathers goes to disk, and what was settled stays so.
    await world.pass(2_000);
    await world.deliver(100_000);
    // In a pause the order of what came before its record is looked at. R-DOC-4.
    for (let passed = 0; passed < limits.orderCheckMs; passed += 1_000) {
      await world.pass(1_000);
      await world.deliver(100_000);
    }
    if (isSettled(world)) return;
  }
  throw new Error(`it does not settle\n${describe(world)}`);
}

/** Everybody but the authority meets: people go on without a server. */
export async function meetWithoutAuthority(world: World): Promise<void> {
  await mend(world);
  world.groups.set(authorityName, 1);
  world.sweep();
  for (const device of world.windows) device.author.flush().catch((error: unknown) => world.fail(error));
  await exchange(world, () => readersOf(world).every(({ replica }) => replica.views.every((view) => view.hasEqualHeads)), 70_000);
}

export function describe(world: World): string {
  const lines = world.windows.map(({ seat, ledger, replica }) => {
    const heads = replica.views.map((view) => `${view.link.device.slice(0, 4)}${view.hasEqualHeads ? '=' : '≠'}`).join(' ');
    const pending = ledger
      .pending()
      .map((stream) => `${stream.name.slice(0, 4)}…${stream.name.slice(-4)} ${stream.sequencedSeq}/${stream.foldedSeq}/${stream.tip}`);
    return `${seat.name} ${seat.device.slice(0, 4)} ${world.server.roleOf(seat)} n ${ledger.n} epoch ${ledger.statement?.claims.epoch} links ${heads} pending ${pending.join(', ')}`;
  });
  const { room } = world.server;
  const waiting = room?.ledger
    .pending()
    .map(
      (stream) =>
        `${stream.name.slice(0, 4)}…${stream.name.slice(-4)} ${stream.sequencedSeq}/${stream.foldedSeq}/${stream.tip}${stream.isClosed ? ' closed' : ''}`,
    );
  return [
    `authority n ${room?.ledger.n} epoch ${world.server.claims.epoch} ${world.server.claims.status} pending ${waiting?.join(', ')}`,
    ...lines,
  ].join('\n');
}
