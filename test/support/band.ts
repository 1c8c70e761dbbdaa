import { webcrypto } from 'node:crypto';
import type * as Y from 'yjs';
import type { Role } from '../../shared/session/roles.ts';
import { builtInTemplates } from '../../shared/session/templates.ts';
import { toHex } from '../../shared/base/ids.ts';
import { Author } from '../../shared/ledger/author.ts';
import type { Entry } from '../../shared/ledger/entry.ts';
import { deviceIdOf, makeSigner, Verifier, type Signer } from '../../shared/ledger/keys.ts';
import { Ledger } from '../../shared/ledger/ledger.ts';
import { createMemoryLedgerStore } from '../../shared/ledger/memory-ledger-store.ts';
import type { ChannelBinding, Link, Transport } from '../../shared/ledger/link.ts';
import { authorityDeviceOf, type AuthorityKey } from '../../shared/ledger/authority-key.ts';
import { Replica } from '../../shared/ledger/replica.ts';
import type { ReplicaEvents } from '../../shared/ledger/replica-events.ts';
import type { Head } from '../../shared/ledger/record.ts';
import { Sequencer } from '../../shared/ledger/sequencer.ts';
import { signStatement, type StatementClaims } from '../../shared/ledger/statement.ts';
import { rootOfSong } from '../../shared/ledger/update.ts';
import { FakeTime } from './fake-time.ts';

export const sessionId = '0198f000-0000-7000-8000-000000000001';
export const songId = '0198f000-0000-7000-8000-0000000000aa';

const random = (length: number): Uint8Array => webcrypto.getRandomValues(new Uint8Array(length));

interface Keys {
  signer: Signer;
  privateKey: CryptoKey;
  authority: AuthorityKey;
}

export async function makeKeys(): Promise<Keys> {
  const pair = (await webcrypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
  const raw = new Uint8Array(await webcrypto.subtle.exportKey('raw', pair.publicKey));
  return { signer: makeSigner(pair.privateKey, raw), privateKey: pair.privateKey, authority: { raw, key: pair.publicKey } };
}

function userIdOf(name: string): string {
  return `0198f000-0000-7000-8000-${toHex(new TextEncoder().encode(name.padEnd(6, '_').slice(0, 6)))}`;
}

const quiet: ReplicaEvents = {
  onEntries: () => undefined,
  onRecords: () => undefined,
  onStatement: () => undefined,
  onAwareness: () => undefined,
  onLinks: () => undefined,
  onChange: () => undefined,
  onStrike: () => undefined,
};

/** One musician's window: real ledger, author and links; no browser, no store. */
export class Member {
  readonly name: string;
  readonly keys: Keys;
  readonly ledger: Ledger;
  readonly replica: Replica;
  readonly author: Author;
  readonly entriesMade: Entry[] = [];
  strikes = 0;
  /** Its text may go to the authority a moment later, as the app's does. */
  mayGather = false;
  /** Heads that tell another history. */
  readonly conflicts: Pick<Head, 'generation' | 'n' | 'chain'>[] = [];

  constructor(name: string, keys: Keys, band: Band) {
    this.name = name;
    this.keys = keys;
    this.ledger = new Ledger(sessionId, authorityDeviceOf(band.keys.authority.raw));
    const tools = { clock: band.time, timers: band.time, random, verifier: new Verifier() };
    const identity = { sessionId: this.ledger.sessionBytes, signer: keys.signer, windowId: new Uint8Array(random(8)), awarenessClient: 7 };
    this.replica = new Replica(this.ledger, band.keys.authority, identity, tools, {
      ...quiet,
      onStrike: () => (this.strikes += 1),
      onConflict: (head) => this.conflicts.push(head),
      onChange: () => this.author.attach(true),
    });
    this.author = new Author(this.ledger, {
      signer: keys.signer,
      clock: band.time,
      timers: band.time,
      random,
      onEntry: (entry) => {
        this.entriesMade.push(entry);
        this.replica.publish(entry, true, this.mayGather);
      },
      onFailure: (error) => band.failures.push(error),
    });
    this.author.attach(true);
  }

  get device(): string {
    return toHex(deviceIdOf(this.keys.signer.publicKey));
  }

  get text(): Y.Text {
    return this.ledger.fold.doc.getText(rootOfSong(songId));
  }

  type(at: number, text: string): void {
    this.text.insert(at, text);
  }

  connect(transport: Transport, binding: ChannelBinding): Link {
    return this.replica.connect(transport, binding);
  }
}

/** The authority of one session without its server: real ledger, sequencer and links over a store in memory. */
export class Band {
  readonly time = new FakeTime();
  readonly keys: Keys;
  readonly members: Member[] = [];
  readonly ledger: Ledger;
  readonly replica: Replica;
  readonly store = createMemoryLedgerStore();
  readonly sequencer: Sequencer;
  #claims: StatementClaims;
  failures: unknown[] = [];

  private constructor(keys: Keys) {
    this.keys = keys;
    this.ledger = new Ledger(sessionId, authorityDeviceOf(keys.authority.raw));
    const now = Math.floor(this.time.now() / 1_000);
    const template = builtInTemplates[0];
    if (template === undefined) throw new Error('no template');
    this.#claims = {
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
    const identity = { sessionId: this.ledger.sessionBytes, signer: keys.signer, windowId: new Uint8Array(random(8)), awarenessClient: 0 };
    this.replica = new Replica(
      this.ledger,
      keys.authority,
      identity,
      { clock: this.time, timers: this.time, random, verifier: new Verifier() },
      {
        ...quiet,
        onEntries: () => void this.sequencer.run(),
        onStatement: () => void this.sequencer.run(),
      },
    );
    this.sequencer = new Sequencer(this.ledger, {
      store: this.store,
      signer: keys.signer,
      clock: this.time,
      onRecords: (firstN, batch, head) => this.replica.publishRecords(firstN, batch, head),
      onFailure: (error) => this.failures.push(error),
    });
  }

  static async open(): Promise<Band> {
    const band = new Band(await makeKeys());
    await band.#issue({});
    return band;
  }

  async join(name: string, role: Role): Promise<Member> {
    const member = new Member(name, await makeKeys(), this);
    this.members.push(member);
    await this.setRole(member, role);
    return member;
  }

  /** Somebody with a key that no statement lists. */
  async stranger(name: string): Promise<Member> {
    return new Member(name, await makeKeys(), this);
  }

  /** Gives a role (null: removed) and issues the statement of the next epoch. */
  async setRole(member: Member, role: Role | null): Promise<void> {
    const table = this.#claims.permissions;
    const had = this.#claims.devices.find((device) => device.device_id === member.device)?.had ?? [];
    const now = role === null ? [] : role === 'owner' ? (['read', 'edit', 'comment', 'chat', 'record', 'moderate'] as const) : table[role];
    const person = {
      user_id: userIdOf(member.name),
      name: member.name,
      color: '#000000',
      role,
      status: role === null ? ('removed' as const) : ('joined' as const),
    };
    const device = {
      device_id: member.device,
      public_key: toHex(member.keys.signer.publicKey),
      user_id: person.user_id,
      role,
      had: [...new Set([...had, ...now])],
      barred: false,
    };
    await this.#issue({
      participants: [...this.#claims.participants.filter((other) => other.user_id !== person.user_id), person],
      devices: [...this.#claims.devices.filter((other) => other.device_id !== device.device_id), device],
    });
  }

  /** Its budget of void entries is spent. */
  async bar(member: Member): Promise<void> {
    await this.#issue({
      devices: this.#claims.devices.map((device) => (device.device_id === member.device ? { ...device, barred: true } : device)),
    });
  }

  async setStatus(status: StatementClaims['status']): Promise<void> {
    await this.#issue({ status });
  }

  async #issue(change: Partial<StatementClaims>): Promise<void> {
    this.#claims = { ...this.#claims, ...change, epoch: this.#claims.epoch + 1 };
    this.replica.setStatement(await signStatement(this.#claims, this.keys.privateKey));
  }

  /** A signed statement that is not sent to anybody. */
  async stateAside(change: Partial<StatementClaims>, key: CryptoKey = this.keys.privateKey): Promise<string> {
    return (await signStatement({ ...this.#claims, ...change }, key)).jws;
  }

  connect(transport: Transport, binding: ChannelBinding): Link {
    return this.replica.connect(transport, binding);
  }
}

/** Lets everything in flight arrive: real signatures take real turns of the event loop, the fake time follows slowly. */
export async function settled(isDone: () => boolean, band: Band): Promise<void> {
  const end = performance.now() + 100_000;
  let turnedAt = performance.now();
  while (!isDone()) {
    const now = performance.now();
    if (now > end) throw new Error('it does not settle');
    if (now - turnedAt > 5) {
      band.time.advance(now - turnedAt);
      turnedAt = now;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}
