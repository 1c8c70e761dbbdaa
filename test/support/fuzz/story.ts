import type { Role } from '../../../shared/session/roles.ts';
import { arrange, chat, comment, edit, mark, paste, songIds, undo } from './people.ts';
import { misbehave } from './hostile.ts';
import { backUp, restoreBackup, type Seat } from './fuzz-device.ts';
import { authorityName, type World } from './world.ts';

type Act = (world: World) => Promise<void> | void;

const dayMs = 86_400_000;
const mostSeats = 7;

function someSeat(world: World): Seat | null {
  const open = world.seats.filter(({ window }) => window !== null);
  return open.length === 0 ? null : world.rng.pick(open);
}

function byWindow(act: (seat: Seat, window: NonNullable<Seat['window']>, world: World) => Promise<void> | void): Act {
  return (world) => {
    const seat = someSeat(world);
    return seat === null || seat.window === null ? undefined : act(seat, seat.window, world);
  };
}

async function reconnect(world: World): Promise<void> {
  world.sweep();
  for (const [a, b] of world.unlinked()) if (world.rng.chance(0.5)) world.link(a, b);
  await world.rest();
}

/** Who comes late knows nothing and nobody; what they hear first comes from the authority or a peer. */
async function joinLate(world: World): Promise<void> {
  if (world.seats.length >= mostSeats) return;
  const seat = await world.addSeat(world.rng.pick(['editor', 'editor', 'commenter', 'viewer']));
  world.groups.set(seat.name, world.rng.int(2));
  await world.openWindow(seat);
}

function mayDie(world: World): { writes: number; isAfter: boolean } {
  return { writes: world.rng.int(4), isAfter: world.rng.chance(0.5) };
}

const acts: readonly (readonly [weight: number, name: string, act: Act])[] = [
  [30, 'edit', byWindow((_seat, window, { rng }) => edit(window, rng))],
  [0.3, 'paste', byWindow((_seat, window, { rng }) => paste(window, rng))],
  [3, 'undo', byWindow((_seat, window, { rng }) => undo(window, rng))],
  [5, 'arrange', byWindow((_seat, window, world) => void arrange(window, world).catch((error: unknown) => world.fail(error)))],
  [5, 'chat', byWindow((_seat, window, world) => void chat(window, world.rng).catch((error: unknown) => world.fail(error)))],
  [4, 'comment', byWindow((_seat, window, world) => void comment(window, world.rng).catch((error: unknown) => world.fail(error)))],
  [1, 'mark', byWindow((_seat, window, world) => void mark(window, world.rng).catch((error: unknown) => world.fail(error)))],
  [30, 'deliver', (world) => world.deliver(1 + world.rng.int(12))],
  [16, 'pass', (world) => world.pass(world.rng.pick([1, 5, 20, 41, 41, 300, 2_100]))],
  [0.7, 'pass long', (world) => world.pass(31_000)],
  [8, 'reconnect', reconnect],
  [
    4,
    'part',
    (world) => {
      for (const name of [authorityName, ...world.seats.map((seat) => seat.name)]) world.groups.set(name, world.rng.int(2));
      world.sweep();
    },
  ],
  [2, 'gather', ({ groups }) => groups.clear()],
  [
    3,
    'hold',
    ({ wires, rng }) => {
      if (wires.length > 0) rng.pick(wires).isHeld = true;
    },
  ],
  [
    4,
    'release',
    ({ wires }) => {
      for (const wire of wires) wire.isHeld = false;
    },
  ],
  [
    5,
    'role',
    ({ rng, server, seats }) =>
      server.setRole(rng.pick(seats.slice(1)), rng.pick<Role | null>(['editor', 'editor', 'commenter', 'viewer', 'viewer', null])),
  ],
  [1.5, 'status', (world) => world.setStatus(world.rng.pick(['active', 'active', 'active', 'paused', 'ended']))],
  [1.5, 'kill', byWindow((seat, _window, world) => world.kill(seat))],
  [2, 'doom', byWindow((seat, _window, world) => void (seat.diesAt = mayDie(world)))],
  [1, 'close', byWindow((seat, _window, world) => world.close(seat))],
  [
    4,
    'open',
    async (world) => {
      for (const seat of world.seats) if (seat.window === null && world.rng.chance(0.7)) await world.openWindow(seat);
    },
  ],
  [0.7, 'back up', ({ rng, seats }) => backUp(rng.pick(seats))],
  [
    0.5,
    'restore',
    (world) => {
      const seat = world.rng.pick(world.seats);
      if (seat.backup === null) return;
      world.kill(seat);
      restoreBackup(seat);
    },
  ],
  [1, 'kill authority', ({ server }) => server.kill()],
  [1.5, 'doom authority', (world) => void (world.server.diesAt = mayDie(world))],
  [
    3,
    'open authority',
    async (world) => {
      if (!world.server.isAlive) await world.server.open();
    },
  ],
  [1, 'disk full', byWindow((seat) => void (seat.isDiskFull = !seat.isDiskFull))],
  [0.5, 'authority disk full', ({ server }) => void (server.isDiskFull = !server.isDiskFull)],
  [1.5, 'join', joinLate],
  [0.7, 'clock', byWindow((seat, _window, { rng }) => void (seat.offsetMs = rng.pick([-dayMs, -3_000, 0, 3_000, dayMs])))],
  [0.2, 'authority clock', ({ rng, server }) => void (server.offsetMs = rng.pick([-dayMs, 0, dayMs]))],
];

/** Lets people and misfortune have their way with a session. */
export async function tell(world: World, isHostile: boolean): Promise<void> {
  const { rng, server } = world;
  world.isHostile = isHostile;
  world.lossPercent = rng.pick([0, 0, 3, 10]);
  const count = 2 + rng.int(5);
  for (let at = 0; at < count; at++) await world.addSeat(at === 0 ? 'owner' : rng.pick(['editor', 'editor', 'editor', 'viewer']));
  if (rng.chance(0.7))
    void server.room?.writer.createSong(world.seats[0]?.userId ?? '', { song_id: songIds[0] ?? '', chordpro: '[G]Silent night' });
  await world.rest();
  for (const seat of world.seats) await world.openWindow(seat);
  const evil = isHostile ? world.seats[1] : undefined;
  if (evil !== undefined) {
    evil.isHostile = true;
    await server.setRole(evil, 'editor');
  }
  await reconnect(world);
  await world.deliver(200);
  const all = [...acts, [isHostile ? 7 : 0, 'misbehave', misbehave] as const].map(
    ([weight, name, act]) => [weight, { name, act }] as const,
  );
  const steps = 60 + rng.int(80);
  for (let step = 0; step < steps; step++) {
    const { name, act } = rng.weighted(all);
    if (step === world.backUpAt && server.isAlive) server.backUp();
    world.note(name);
    await act(world);
    await world.rest();
    world.sweep();
  }
}
