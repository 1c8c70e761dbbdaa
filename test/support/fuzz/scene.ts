import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { Role } from '../../../shared/session/roles.ts';
import { rootOfSong } from '../../../shared/ledger/update.ts';
import type { FuzzDevice, Seat } from './fuzz-device.ts';
import { songIds } from './people.ts';
import { answerAtOnce } from './quick-crypto.ts';
import { authorityName, World } from './world.ts';

/** For test files that tell a story step by step: signatures answer at once. */
export function useStories(): void {
  const ends: (() => void)[] = [];
  beforeAll(() => void ends.push(answerAtOnce()));
  afterAll(() => {
    for (const end of ends) end();
  });
}

/** A session in which nothing happens that the test does not say: people by their names' order, wires by names. */
export class Scene {
  readonly world: World;

  private constructor(world: World) {
    this.world = world;
  }

  /** The authority and a window for each role, nobody linked yet. The first is best an owner. */
  static async open(...roles: Role[]): Promise<Scene> {
    const world = await World.open(1);
    onTestFinished(() => world.end());
    await world.server.open();
    for (const role of roles) await world.openWindow(await world.addSeat(role));
    return new Scene(world);
  }

  seat(at: number): Seat {
    const seat = this.world.seats[at];
    if (seat === undefined) throw new RangeError('nobody sits there');
    return seat;
  }

  window(at: number): FuzzDevice {
    const { window } = this.seat(at);
    if (window === null) throw new Error('no window is open');
    return window;
  }

  text(at: number): string {
    return this.window(at)
      .ledger.fold.doc.getText(rootOfSong(songIds[0] ?? ''))
      .toJSON();
  }

  type(at: number, place: number, text: string): void {
    this.window(at)
      .ledger.fold.doc.getText(rootOfSong(songIds[0] ?? ''))
      .insert(place, text);
  }

  /** Links two people, or a person and the authority (null), and lets them meet. */
  async link(a: number, b: number | null): Promise<void> {
    if (b === null) this.world.link(authorityName, this.seat(a).name);
    else this.world.link(this.seat(a).name, this.seat(b).name);
    await this.arrive();
  }

  /** Cuts everything between the two. */
  async part(a: number, b: number | null): Promise<void> {
    this.world.cutBetween(this.seat(a).name, b === null ? authorityName : this.seat(b).name);
    await this.world.rest();
    this.world.sweep();
  }

  /** All that is on its way arrives. */
  async arrive(): Promise<void> {
    await this.world.rest();
    await this.world.deliver(10_000);
  }

  /** Time passes, and what it brings arrives. */
  async pass(ms: number): Promise<void> {
    await this.arrive();
    const end = this.world.time.now + ms;
    while (this.world.time.runNext(end)) await this.arrive();
    await this.arrive();
  }
}
