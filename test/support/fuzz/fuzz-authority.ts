import { toHex } from '../../../shared/base/ids.ts';
import type { Entry } from '../../../shared/ledger/entry.ts';
import { deviceIdOf } from '../../../shared/ledger/keys.ts';
import { Ledger } from '../../../shared/ledger/ledger.ts';
import { generationOf, loadLedger, readStoredLedger } from '../../../shared/ledger/load.ts';
import { makeCheckpoint } from '../../../shared/ledger/make-checkpoint.ts';
import type { LedgerStore, SequencedEntry } from '../../../shared/ledger/ledger-store.ts';
import { parseRecord, type LedgerRecord } from '../../../shared/ledger/record.ts';
import { signStatement, type StatementClaims, type StatementDevice } from '../../../shared/ledger/statement.ts';
import type { Role } from '../../../shared/session/roles.ts';
import { builtInTemplates } from '../../../shared/session/templates.ts';
import { SessionRoom } from '../../../src-server/ledger/session-room.ts';
import { sessionId, type Seat, type Surroundings } from './fuzz-device.ts';
import type { Life } from './fuzz-time.ts';
import { copyOf, fatedStore } from './fuzz-store.ts';
import { pageBytes } from './read-disk.ts';
import type { FuzzKeys } from './quick-crypto.ts';

/** A record as it went to the authority's disk, with the statement of that moment. */
export interface Judged {
  record: LedgerRecord;
  entry: Entry | null;
  claims: StatementClaims;
}

/** The authority of one session: its sessions table (the claims), its disk, and the room while the program runs. */
export class FuzzAuthority {
  readonly keys: FuzzKeys;
  disk: LedgerStore;
  /** Its folder as it was at some time. */
  #backup: { disk: LedgerStore; epoch: number } | null = null;
  readonly judged: Judged[] = [];
  /** Devices that were barred once: what they wrote in closed streams has no record. */
  readonly barred = new Set<string>();
  claims: StatementClaims;
  room: SessionRoom | null = null;
  isDiskFull = false;
  diesAt: { writes: number; isAfter: boolean } | null = null;
  offsetMs = 0;
  /** Told when the program dies at a write: its links must go. */
  onDeath: () => void = () => undefined;
  /** Lets a test break the authority on purpose, to see that it is noticed. */
  sabotage: (room: SessionRoom) => void = () => undefined;
  readonly #around: Surroundings;
  #life: Life = { isAlive: false };

  constructor(keys: FuzzKeys, disk: LedgerStore, around: Surroundings) {
    this.keys = keys;
    this.disk = disk;
    this.#around = around;
    const template = builtInTemplates[0];
    if (template === undefined) throw new Error('no template');
    const now = Math.floor(around.time.now / 1_000);
    this.claims = {
      session_id: sessionId,
      generation: 1,
      epoch: 1,
      status: 'active',
      dormant: false,
      permissions: template.permissions,
      participants: [],
      devices: [],
      iat: now,
      exp: now + 30 * 86_400,
    };
  }

  get name(): string {
    return 'authority';
  }

  get isAlive(): boolean {
    return this.#life.isAlive;
  }

  async open(): Promise<void> {
    const life: Life = { isAlive: true };
    this.#life = life;
    const { time, rng, authority } = this.#around;
    const statement = await signStatement(this.claims, this.keys.privateKey);
    const store = this.#store(life);
    this.room = new SessionRoom(sessionId, statement, {
      store,
      signer: this.keys.signer,
      authority,
      verifier: this.#around.makeVerifier(),
      clock: time.clock(() => this.offsetMs),
      timers: time.timers(life),
      random: (length) => rng.bytes(length),
      onActivity: () => undefined,
      onPointer: () => undefined,
      onPresence: () => undefined,
      onWake: () => undefined,
      onFork: (device) => {
        if (!life.isAlive) return;
        // The product suspends whoever contradicts themselves; who does not must never be accused.
        if (this.#around.isBad(device)) this.#mark(device, { role: null });
        else this.#around.fail(new Error(`an honest device is accused: ${device.slice(0, 6)}`));
      },
      onOutnumbered: ({ epoch }) => {
        this.claims = { ...this.claims, epoch: Math.max(this.claims.epoch, epoch) };
        if (life.isAlive) this.state({}).catch((error: unknown) => this.#around.fail(error));
      },
      onConflict: () => {
        if (life.isAlive) this.#around.fail(new Error('the authority is told of another history'));
      },
      onOverBudget: (device) => {
        if (!life.isAlive) return;
        this.barred.add(device);
        this.#mark(device, { barred: true });
      },
      onRejected: (device, why) => {
        // Who was just permitted may be early; the rest is forged.
        if (life.isAlive && why !== 'not-permitted' && (device === null || !this.#around.isBad(device)))
          this.#around.fail(new Error(`the authority struck ${device?.slice(0, 6)}: ${why}`));
      },
      onFailure: (error) => {
        if (life.isAlive && !this.isDiskFull) this.#around.fail(error);
      },
    });
    // It died at the first write of its own.
    if (life.isAlive) this.sabotage(this.room);
    else this.room = null;
  }

  #store(life: Life): LedgerStore {
    const die = (): never => {
      this.diesAt = null;
      this.kill();
      throw new Error('killed at a write');
    };
    const isTime = (isAfter: boolean): boolean => this.diesAt !== null && this.diesAt.isAfter === isAfter && this.diesAt.writes <= 0;
    const fated = fatedStore(this.disk, {
      before: () => {
        if (!life.isAlive) throw new Error('written by the dead');
        if (this.diesAt !== null) this.diesAt.writes -= 1;
        if (isTime(false)) die();
        if (this.isDiskFull) throw new Error('the disk is full');
      },
      after: () => {
        if (isTime(true)) die();
      },
    });
    return {
      ...fated,
      appendSequenced: (session, firstN, batch, head) => {
        const claims = this.room?.ledger.statement?.claims ?? this.claims;
        const from = this.judged.length;
        this.#note(batch, claims);
        try {
          fated.appendSequenced(session, firstN, batch, head);
        } finally {
          // What did not reach the disk was never said; another room may have written in its place.
          const [there] = this.disk.readRecords(session, firstN - 1, 1).records;
          const [said] = batch;
          if (there === undefined || said === undefined || toHex(there) !== toHex(said.record)) this.judged.length = from;
        }
      },
    };
  }

  #note(batch: readonly SequencedEntry[], claims: StatementClaims): void {
    for (const { entry, record: bytes } of batch) {
      const record = parseRecord(bytes);
      if (record === null) throw new Error('the authority wrote a record that is none');
      // After a restored backup it comes back as it was judged.
      if (this.judged.some((other) => other.record.n === record.n && other.record.hash === record.hash)) continue;
      this.judged.push({ record, entry, claims });
    }
  }

  /** Changes who may do what, on disk first, then for everybody who is linked. */
  async state(change: Partial<StatementClaims>): Promise<void> {
    const iat = Math.floor((this.#around.time.now + this.offsetMs) / 1_000);
    this.claims = { ...this.claims, ...change, epoch: this.claims.epoch + 1, iat, exp: iat + 30 * 86_400 };
    const { room } = this;
    if (room !== null) room.replica.setStatement(await signStatement(this.claims, this.keys.privateKey));
  }

  #mark(deviceId: string, mark: { role: null } | { barred: true }): void {
    const isNew = (device: StatementDevice): boolean =>
      device.device_id === deviceId && !('role' in mark ? device.role === null : device.barred);
    if (!this.claims.devices.some(isNew)) return;
    const devices = this.claims.devices.map((device) => (isNew(device) ? { ...device, ...mark } : device));
    this.state({ devices }).catch((error: unknown) => this.#around.fail(error));
  }

  /** Gives a role (null: removed). */
  async setRole(seat: Seat, role: Role | null): Promise<void> {
    const { claims } = this;
    const before = claims.devices.find(({ device_id: id }) => id === seat.device);
    const had = before?.had ?? [];
    const owners = ['read', 'edit', 'comment', 'chat', 'record', 'moderate'] as const;
    const now = role === null ? [] : role === 'owner' ? owners : claims.permissions[role];
    const person = {
      user_id: seat.userId,
      name: seat.name,
      color: '#000000',
      role,
      status: role === null ? ('removed' as const) : ('joined' as const),
    };
    const device = {
      device_id: seat.device,
      public_key: toHex(seat.keys.signer.publicKey),
      user_id: seat.userId,
      role,
      had: [...new Set([...had, ...now])],
      // What it wrote in vain it must be permitted again, all of it.
      barred: before?.barred === true && had.some((permission) => !(now as readonly string[]).includes(permission)),
    };
    await this.state({
      participants: [...claims.participants.filter((other) => other.user_id !== seat.userId), person],
      devices: [...claims.devices.filter((other) => other.device_id !== seat.device), device],
    });
  }

  roleOf(seat: Seat): Role | null {
    return this.claims.devices.find(({ device_id: id }) => id === seat.device)?.role ?? null;
  }

  backUp(): void {
    this.#backup = { disk: copyOf(this.disk, sessionId), epoch: this.claims.epoch };
  }

  /** Puts the copy back: records since are lost, and its statements begin below those that it sent. False without a copy. */
  restore(): boolean {
    this.kill();
    if (this.#backup === null) return false;
    this.disk = copyOf(this.#backup.disk, sessionId);
    this.claims = { ...this.claims, epoch: this.#backup.epoch };
    return true;
  }

  /** What an operator does about two histories. R-AUT-5. False where there is nothing yet. */
  async raiseGeneration(): Promise<boolean> {
    const stored = readStoredLedger(this.disk, sessionId, pageBytes);
    const ledger = new Ledger(sessionId, toHex(deviceIdOf(this.keys.signer.publicKey)), generationOf(stored) ?? 1);
    ledger.setStatement(await signStatement(this.claims, this.keys.privateKey));
    loadLedger(ledger, stored);
    const generation = this.claims.generation + 1;
    const made = await makeCheckpoint(ledger, this.keys.signer, generation);
    if (made === null) return false;
    this.disk.putCheckpoint(sessionId, { n: ledger.n, head: made.checkpoint.headBytes, body: made.checkpoint.body });
    this.claims = { ...this.claims, generation, epoch: this.claims.epoch + 1 };
    return true;
  }

  kill(): void {
    this.#life.isAlive = false;
    this.room = null;
    this.onDeath();
  }
}
