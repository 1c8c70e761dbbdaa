import { once } from 'node:events';
import { webcrypto } from 'node:crypto';
import type * as Y from 'yjs';
import { WebSocket, type RawData } from 'ws';
import { faults, type FaultCode } from '../../shared/base/errors.ts';

import { Author } from '../../shared/ledger/author.ts';
import type { Bytes } from '../../shared/ledger/bytes.ts';
import type { Entry } from '../../shared/ledger/entry.ts';
import { entryKinds } from '../../shared/ledger/entry.ts';
import { makeSigner, Verifier, type Signer } from '../../shared/ledger/keys.ts';
import { Ledger } from '../../shared/ledger/ledger.ts';
import type { ChannelBinding, Link, LinkIdentity, LinkTools, Transport } from '../../shared/ledger/link.ts';
import { chatSchema, encodeJson } from '../../shared/ledger/payloads.ts';
import type { LedgerRecord } from '../../shared/ledger/record.ts';
import type { NumberedRecord } from '../../shared/ledger/record-log.ts';
import { authorityDeviceOf, type AuthorityKey } from '../../shared/ledger/authority-key.ts';
import { Replica } from '../../shared/ledger/replica.ts';
import { rootOfSong } from '../../shared/ledger/update.ts';
import { Troubles } from '../../src-renderer/session/troubles.ts';
import { systemTimers } from '../../src-server/system-timers.ts';
import { callApi } from './api-client.ts';
import { expectDone, registerDevice, registerUser, type TestUser } from './server.ts';

const random = (length: number): Bytes => webcrypto.getRandomValues(new Uint8Array(length));
const clock = { now: () => Date.now() };

export function linkTools(): LinkTools {
  return { clock, timers: systemTimers, random, verifier: new Verifier() };
}

/** A server as its clients know it. */
export interface Place {
  url: string;
  authority: AuthorityKey;
  /** What both sides of a WebSocket bind their proof to. */
  binding: ChannelBinding;
}

export async function placeOf(url: string): Promise<Place> {
  const { keys } = (await (await fetch(`${url}/.well-known/jwks.json`)).json()) as { keys: { x: string }[] };
  const raw = new Uint8Array(Buffer.from(keys[0]?.x ?? '', 'base64url'));
  const { key_thumbprint: text } = expectDone(await callApi(url, 'describeServer', {}));
  const thumbprint = new Uint8Array(Buffer.from(text, 'base64url'));
  const key = await crypto.subtle.importKey('raw', raw, 'Ed25519', true, ['verify']);
  return { url, authority: { raw, key }, binding: { own: thumbprint, other: thumbprint } };
}

/** Somebody with an account and a registered device key. */
export interface LedgerPerson {
  name: string;
  user: TestUser;
  signer: Signer;
  device: string;
}

export async function ledgerPerson(url: string, name: string): Promise<LedgerPerson> {
  const user = await registerUser(url, name);
  const device = await registerDevice(url, user);
  return { name, user, signer: makeSigner(device.privateKey, device.publicKey), device: device.device_id };
}

export function identityOf(signer: Signer, sessionId: Bytes, awarenessClient = 7): LinkIdentity {
  return { sessionId, signer, windowId: random(8), awarenessClient };
}

function bytesOf(frame: RawData): Bytes {
  return new Uint8Array(Array.isArray(frame) ? Buffer.concat(frame) : Buffer.from(frame as Buffer));
}

export function transportOf(socket: WebSocket): Transport {
  return {
    send: (chunk) => {
      if (socket.readyState === socket.OPEN) socket.send(chunk);
    },
    bufferedAmount: () => socket.bufferedAmount,
    onceDrained: (run) => {
      const stop = systemTimers.every(5, () => {
        if (socket.readyState === socket.OPEN && socket.bufferedAmount > 0) return;
        stop();
        run();
      });
    },
    close: (code: FaultCode) => socket.close(faults[code].close < 4000 ? 1000 : faults[code].close, code),
  };
}

export interface OpenSocket {
  socket: WebSocket;
  closed: Promise<{ code: number; reason: string }>;
}

/** A socket to a session's ledger that nothing was said on yet. */
export async function openSocket(url: string, sessionId: string): Promise<OpenSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/sessions/${sessionId}/ledger`);
  socket.on('error', () => undefined);
  const closed = once(socket, 'close').then(([code, reason]) => ({ code: Number(code), reason: String(reason) }));
  await Promise.race([once(socket, 'open'), closed]);
  return { socket, closed };
}

/** The same with the first message said; resolves when the server took it, with the link that `connect` starts then. */
export async function openAuthenticated(
  place: Place,
  sessionId: string,
  { token, device }: { token: string; device: string },
  connect: (transport: Transport) => Pick<Link, 'receive' | 'lost'>,
): Promise<OpenSocket> {
  const opened = await openSocket(place.url, sessionId);
  const { socket, closed } = opened;
  let link: Pick<Link, 'receive' | 'lost'> | null = null;
  const accepted = new Promise<void>((resolve) => {
    socket.on('message', (frame, isBinary) => {
      if (isBinary) link?.receive(bytesOf(frame));
      else {
        link = connect(transportOf(socket));
        resolve();
      }
    });
  });
  socket.on('close', () => link?.lost());
  socket.send(JSON.stringify({ type: 'auth', token, device_id: device }));
  await Promise.race([accepted, closed]);
  return opened;
}

/** One musician's window over a real socket: the product's ledger, author and links; no browser, no store. */
export class LedgerClient {
  readonly person: LedgerPerson;
  readonly sessionId: string;
  readonly ledger: Ledger;
  readonly replica: Replica;
  readonly author: Author;
  readonly songId: string;
  readonly made: Entry[] = [];
  /** Every record it ever saw under a head. */
  readonly records: LedgerRecord[] = [];
  readonly failures: unknown[] = [];
  /** Presence as it arrived: who the authority says it is from. */
  readonly presence: { device: string; update: Bytes }[] = [];
  /** What people are told about others' programs. */
  readonly troubles: Troubles;
  /** Devices that contradicted themselves. */
  readonly forks: string[] = [];
  /** Heads of another history of the authority. */
  readonly conflicts: { generation: number; n: number }[] = [];
  /** Why links to the authority ended, as the side that ended it says. */
  readonly ends: string[] = [];
  strikes = 0;
  #place: Place;
  #open: OpenSocket | null = null;

  constructor(place: Place, person: LedgerPerson, sessionId: string, songId: string, awarenessClient = 7) {
    this.#place = place;
    this.person = person;
    this.sessionId = sessionId;
    this.songId = songId;
    this.ledger = new Ledger(sessionId, authorityDeviceOf(place.authority.raw));
    const identity = identityOf(person.signer, this.ledger.sessionBytes, awarenessClient);
    this.troubles = new Troubles(this.ledger, () => undefined);
    const { events } = this.troubles;
    this.replica = new Replica(this.ledger, place.authority, identity, linkTools(), {
      ...events,
      onEntries: () => undefined,
      onRecords: (_first, batch: readonly NumberedRecord[]) => {
        this.troubles.noteRecords(batch, person.device);
        this.records.push(...batch.map(({ record }) => record));
      },
      onStatement: () => undefined,
      onAwareness: (update, device) => this.presence.push({ update, device }),
      onConflict: (head) => {
        events.onConflict?.(head);
        this.conflicts.push({ generation: head.generation, n: head.n });
      },
      onFork: (proof) => {
        events.onFork?.(proof);
        this.forks.push(proof.device);
      },
      onLinks: () => undefined,
      onChange: () => this.author.attach(true),
      onStrike: (link, code) => {
        events.onStrike(link, code);
        this.strikes += 1;
      },
    });
    this.author = new Author(this.ledger, {
      signer: person.signer,
      clock,
      timers: systemTimers,
      random,
      onEntry: (entry) => {
        this.made.push(entry);
        this.replica.publish(entry, entry.kind === entryKinds.songUpdate);
      },
      onFailure: (error) => this.failures.push(error),
    });
    this.author.attach(true);
  }

  get text(): Y.Text {
    return this.ledger.fold.doc.getText(rootOfSong(this.songId));
  }

  /** What this person is told on the screen, with whom it is about. */
  get told(): string[] {
    return this.troubles.read(this.person.user.id).map((trouble) => ('name' in trouble ? `${trouble.kind} ${trouble.name}` : trouble.kind));
  }

  get content(): string {
    return this.text.toJSON();
  }

  get isLinked(): boolean {
    return this.replica.authorityView !== null;
  }

  /** Every entry it holds has its record; words that are not signed yet are no entry (`settled`). */
  get isSettled(): boolean {
    return this.isLinked && !this.ledger.hasUnnumbered;
  }

  type(at: number, text: string): void {
    this.text.insert(Math.min(at, this.text.length), text);
  }

  async say(text: string): Promise<void> {
    await this.author.write(entryKinds.chat, encodeJson(chatSchema.parse({ type: 'message', text, reply_to: null })));
  }

  /** For `Pipe`: a mesh link to another client. */
  connect(transport: Transport, binding: ChannelBinding): Link {
    return this.replica.connect(transport, binding);
  }

  /** Links to the authority and waits until it takes part. */
  async online(place: Place = this.#place): Promise<void> {
    this.#place = place;
    this.#open = await openAuthenticated(
      place,
      this.sessionId,
      { token: this.person.user.token, device: this.person.device },
      (transport) => this.replica.connect(transport, place.binding, authorityDeviceOf(place.authority.raw)),
    );
    void this.#open.closed.then(({ reason }) => this.ends.push(reason));
    await until(() => this.isLinked, `${this.person.name} is linked`);
  }

  async offline(): Promise<void> {
    this.#open?.socket.terminate();
    await this.#open?.closed;
    this.#open = null;
  }

  async close(): Promise<void> {
    this.author.close();
    this.replica.close();
    await this.offline();
  }
}

/** Waits for a condition; the limit only ends what hangs. */
export async function until(isSo: () => boolean, what: string | (() => string), limitMs = 30_000): Promise<void> {
  const end = performance.now() + limitMs;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`never: ${typeof what === 'string' ? what : what()}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** What they wrote so far is signed, sent and numbered. */
export async function settled(...clients: readonly LedgerClient[]): Promise<void> {
  await Promise.all(clients.map(({ author }) => author.flush()));
  await until(
    () => clients.every(({ isSettled }) => isSettled),
    () => `numbered: ${clients.map(({ person }) => person.name).join(', ')}`,
  );
}

/** All have the same records, equal text, and nothing that waits for a record. */
export async function converged(clients: readonly LedgerClient[]): Promise<void> {
  const [first] = clients;
  if (first === undefined) throw new Error('nobody to converge');
  const isEqual = (): boolean =>
    clients.every((client) => client.isSettled && client.ledger.n === first.ledger.n && client.content === first.content);
  await until(isEqual, () =>
    clients
      .map(
        (client) =>
          `${client.person.name}: linked ${client.isLinked} n ${client.ledger.n} pending ${client.ledger.hasUnnumbered} length ${client.content.length} closed ${client.records.filter(({ verdict }) => verdict === 2).length} unsigned ${client.ledger.unsigned.length} ${JSON.stringify(client.content.slice(0, 60))}`,
      )
      .join('\n'),
  );
}
