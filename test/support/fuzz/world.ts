import { Verifier } from '../../../shared/ledger/keys.ts';
import type { StatementClaims } from '../../../shared/ledger/statement.ts';
import type { ChannelBinding, Link, Transport } from '../../../shared/ledger/link.ts';
import { authorityDeviceOf } from '../../../shared/ledger/authority-key.ts';
import type { Role } from '../../../shared/session/roles.ts';
import { FuzzAuthority } from './fuzz-authority.ts';
import { FuzzDevice, Seat, type Surroundings } from './fuzz-device.ts';
import { openFuzzStore } from './fuzz-store.ts';
import { FuzzTime } from './fuzz-time.ts';
import { keysOf } from './quick-crypto.ts';
import { Rng } from './rng.ts';
import { Wire } from './wire.ts';

export const authorityName = 'authority';

interface Place {
  wire: Wire;
  names: readonly [string, string];
}

const [ownMark, otherMark, serverMark] = [Uint8Array.of(1), Uint8Array.of(2), Uint8Array.of(3)];

/** Everything of one story: who there is, what connects them, and the one hand that lets things happen, one at a time. */
export class World implements Surroundings {
  readonly rng: Rng;
  readonly time = new FuzzTime();
  readonly seats: Seat[] = [];
  readonly trail: string[] = [];
  readonly faults: unknown[] = [];
  readonly server: FuzzAuthority;
  readonly authority;
  /** Who can reach whom: only those of one group. */
  groups = new Map<string, number>();
  /** Somebody breaks rules: nothing is promised about what stands on their words. */
  isHostile = false;
  /** Of a hundred messages that heads can heal, so many are lost, as many come twice, as many are overtaken. */
  lossPercent = 0;
  /** The step at which the authority's folder is copied. */
  backUpAt = 0;
  /** Let a test break something on purpose, to see that it is noticed. */
  onSeat: (seat: Seat) => void = () => undefined;
  onWindow: (device: FuzzDevice) => void = () => undefined;
  makeVerifier: () => Verifier = () => new Verifier();
  readonly #places = new Map<string, Place>();
  readonly #ends: (() => void)[] = [];
  readonly #isSql: boolean;

  private constructor(rng: Rng, keys: Awaited<ReturnType<typeof keysOf>>) {
    this.rng = rng;
    this.authority = keys.authority;
    this.#isSql = rng.chance(0.15);
    this.server = new FuzzAuthority(keys, this.#disk(), this);
    this.server.onDeath = () => this.#cutOf(authorityName);
  }

  static async open(seed: number): Promise<World> {
    return new World(new Rng(seed), await keysOf(authorityName));
  }

  #disk() {
    const [store, end] = openFuzzStore(this.#isSql);
    this.#ends.push(end);
    return store;
  }

  fail(error: unknown): void {
    this.faults.push(error);
  }

  isBad(device: string): boolean {
    return this.seats.some((seat) => seat.device === device && seat.isHostile);
  }

  note(what: string): void {
    this.trail.push(what);
  }

  /** Waits until everything that was begun is done: with signatures that answer at once, one turn of the event loop. */
  async rest(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
  }

  async addSeat(role: Role): Promise<Seat> {
    const at = this.seats.length;
    // Now and then two stores write with one key: a second profile, a copied one. Each start writes a stream of its own.
    const whose = at > 2 && this.rng.chance(0.15) ? at - 1 : at;
    const seat = new Seat(`d${at}`, whose, await keysOf(`device ${whose}`), this.#disk());
    this.onSeat(seat);
    this.seats.push(seat);
    await this.server.setRole(seat, role);
    await this.rest();
    return seat;
  }

  async openWindow(seat: Seat): Promise<FuzzDevice> {
    const device = await FuzzDevice.open(seat, this);
    this.onWindow(device);
    await this.rest();
    return device;
  }

  kill(seat: Seat): void {
    seat.window?.kill();
    this.#cutOf(seat.name);
  }

  async close(seat: Seat): Promise<void> {
    const { window } = seat;
    if (window === null) return;
    const closing = { isDone: false };
    const closed = window.close().finally(() => (closing.isDone = true));
    // The store gathers for a moment, and tries again while the disk is full: nobody waits for that for ever.
    const end = this.time.now + 3_000;
    while (!closing.isDone && window.isAlive && this.time.now < end) {
      await this.rest();
      if (!closing.isDone) this.time.runNext(end);
    }
    if (closing.isDone) await closed;
    this.kill(seat);
  }

  get windows(): FuzzDevice[] {
    return this.seats.flatMap(({ window }) => window ?? []);
  }

  #cutOf(name: string): void {
    for (const { wire, names } of this.#places.values()) if (names.includes(name)) wire.cut();
  }

  cutBetween(a: string, b: string): void {
    for (const { wire, names } of this.#places.values()) if (names.includes(a) && names.includes(b)) wire.cut();
  }

  /** Drops wires whose ends are dead or out of reach. */
  sweep(): void {
    for (const [key, { wire, names }] of this.#places) {
      const isUp = names.every((name) => this.#isUp(name)) && this.canReach(...names);
      if (!isUp) wire.cut();
      if (wire.isCut) this.#places.delete(key);
    }
  }

  #isUp(name: string): boolean {
    return name === authorityName ? this.server.isAlive : this.seats.some((seat) => seat.name === name && seat.window !== null);
  }

  canReach(a: string, b: string): boolean {
    return (this.groups.get(a) ?? 0) === (this.groups.get(b) ?? 0);
  }

  get wires(): Wire[] {
    return [...this.#places.values()].map(({ wire }) => wire);
  }

  /** All pairs that could be linked and are not. */
  unlinked(): [string, string][] {
    const names = [authorityName, ...this.seats.map(({ name }) => name)].filter((name) => this.#isUp(name));
    return names.flatMap((a, at) =>
      names
        .slice(at + 1)
        .filter((b) => this.canReach(a, b) && !this.#places.has(`${a} ${b}`))
        .map((b): [string, string] => [a, b]),
    );
  }

  link(a: string, b: string): void {
    const bindings: [ChannelBinding, ChannelBinding] =
      a === authorityName
        ? [
            { own: serverMark, other: serverMark },
            { own: serverMark, other: serverMark },
          ]
        : [
            { own: ownMark, other: otherMark },
            { own: otherMark, other: ownMark },
          ];
    const wire = new Wire(
      { connect: (transport) => this.#connect(a, b, transport, bindings[0]) },
      { connect: (transport) => this.#connect(b, a, transport, bindings[1]) },
    );
    this.#places.set(`${a} ${b}`, { wire, names: [a, b] });
  }

  #connect(name: string, other: string, transport: Transport, binding: ChannelBinding): Link {
    const seat = this.seats.find((one) => one.name === name);
    const deviceOf = (wanted: string): string => this.seats.find((one) => one.name === wanted)?.device ?? '';
    if (seat !== undefined) {
      const expected = other === authorityName ? authorityDeviceOf(this.authority.raw) : null;
      if (seat.window === null) throw new Error('nobody is there');
      return seat.window.connect(transport, binding, expected);
    }
    if (this.server.room === null) throw new Error('the authority is not there');
    return this.server.room.connect(transport, binding, deviceOf(other));
  }

  /** Lets one chunk arrive somewhere; false when nothing is on its way. */
  async deliverOne(): Promise<boolean> {
    const ready: [Wire, 0 | 1][] = [];
    for (const { wire } of this.#places.values()) {
      if (wire.waiting(0) > 0) ready.push([wire, 0]);
      if (wire.waiting(1) > 0) ready.push([wire, 1]);
    }
    if (ready.length === 0) return false;
    const [wire, to] = this.rng.pick(ready);
    const fate = this.rng.int(100);
    // Of a wire that loses everything nothing comes twice either.
    const fates = this.lossPercent >= 100 ? (['is lost'] as const) : (['is lost', 'comes twice', 'is overtaken'] as const);
    const isHarmed = fate < fates.length * this.lossPercent;
    if (wire.deliver(to, isHarmed ? (fates[fate % fates.length] ?? 'arrives') : 'arrives')) await this.rest();
    return true;
  }

  async deliver(most: number): Promise<void> {
    for (let count = 0; count < most; count++) if (!(await this.deliverOne())) return;
  }

  /** Lets time pass, its timers one by one; what they send is on its way then. */
  async pass(ms: number): Promise<void> {
    const end = this.time.now + ms;
    while (this.time.runNext(end)) await this.rest();
  }

  async setStatus(status: StatementClaims['status']): Promise<void> {
    await this.server.state({ status });
    await this.rest();
  }

  end(): void {
    for (const seat of this.seats) this.kill(seat);
    this.server.kill();
    for (const end of this.#ends) end();
  }
}
