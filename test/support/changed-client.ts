import { webcrypto } from 'node:crypto';
import { fromHex, toHex, uuidToBytes } from '../../shared/base/ids.ts';
import type { Bytes } from '../../shared/ledger/bytes.ts';
import { entryKinds, noHash, signEntry, type Entry, type EntryDraft, type EntryKind } from '../../shared/ledger/entry.ts';
import { deviceIdOf, type Signer } from '../../shared/ledger/keys.ts';
import { Link, type ChannelBinding, type LinkIdentity, type Transport } from '../../shared/ledger/link.ts';
import type { Message } from '../../shared/ledger/messages.ts';
import { authorityDeviceOf } from '../../shared/ledger/authority-key.ts';
import { clientIdOf, runBytes } from '../../shared/ledger/stream.ts';
import { encodeUpdate, type ItemId, rootOfSong, type TextUpdate } from '../../shared/ledger/update.ts';
import { identityOf, type LedgerPerson, linkTools, openAuthenticated, type OpenSocket, type Place, until } from './ledger-client.ts';

/** The product's handshake by a genuine member; after it says whatever a test wants. */
export class ChangedClient {
  readonly heard: Message[] = [];
  readonly identity: LinkIdentity;
  link: Link | null = null;
  socket: OpenSocket | null = null;

  constructor(signer: Signer, sessionId: string, awarenessClient = 66) {
    this.identity = identityOf(signer, uuidToBytes(sessionId), awarenessClient);
  }

  /** For `Pipe`. */
  connect(transport: Transport, binding: ChannelBinding): Link {
    return this.start(transport, binding, null);
  }

  start(transport: Transport, binding: ChannelBinding, device: string | null): Link {
    this.link = new Link(
      transport,
      this.identity,
      { ...binding, device },
      {
        onProved: () => undefined,
        onMessage: async (_link, message) => void this.heard.push(message),
        onRoom: () => undefined,
        onClosed: () => undefined,
      },
      linkTools(),
    );
    return this.link;
  }

  /** Over the real socket, with the person's own token and device unless said otherwise. */
  async online(place: Place, sessionId: string, person: LedgerPerson, binding = place.binding): Promise<OpenSocket> {
    const credentials = { token: person.user.token, device: person.device };
    this.socket = await openAuthenticated(place, sessionId, credentials, (transport) =>
      this.start(transport, binding, authorityDeviceOf(place.authority.raw)),
    );
    return this.socket;
  }

  /** It takes part, or was put out. */
  async admitted(): Promise<void> {
    await until(() => this.isClosed || this.heard.some(({ type }) => type === 'heads'), 'the changed client takes part');
  }

  get isClosed(): boolean {
    return this.link === null || this.link.isClosed;
  }

  say(...messages: Message[]): void {
    for (const message of messages) this.link?.send(message);
  }

  give(...entries: readonly (Entry | Bytes)[]): void {
    this.say({ type: 'entries', entries: entries.map((entry) => ('bytes' in entry ? entry.bytes : entry)) });
  }

  /** Everything said so far was worked on: a link takes one message after the other. */
  async workedOn(): Promise<void> {
    const before = this.heard.filter(({ type }) => type === 'statement').length;
    this.say({ type: 'want-statement' });
    await until(
      () => this.isClosed || this.heard.filter(({ type }) => type === 'statement').length > before,
      'the changed client gets an answer',
    );
  }
}

/** Writes a stream as an author does, with whatever a test changes. */
export class Pen {
  readonly signer: Signer;
  readonly sessionId: string;
  run: Bytes = webcrypto.getRandomValues(new Uint8Array(runBytes));
  seq = 0;
  prev: Bytes = noHash;
  clocks = 0;
  /** What it types stands left of this; null: Yjs places it by client id among what else stands there. */
  right: ItemId | null = null;

  constructor(signer: Signer, sessionId: string) {
    this.signer = signer;
    this.sessionId = sessionId;
  }

  get client(): number {
    return clientIdOf(uuidToBytes(this.sessionId), deviceIdOf(this.signer.publicKey), this.run);
  }

  /** The next entry; it is not the stream's next until it is `kept`. */
  async draft(kind: EntryKind, payload: Bytes, change: Partial<EntryDraft> = {}): Promise<Entry> {
    const whole: EntryDraft = {
      kind,
      sessionId: uuidToBytes(this.sessionId),
      deviceId: deviceIdOf(this.signer.publicKey),
      run: this.run,
      seq: this.seq + 1,
      prev: this.prev,
      epoch: 1,
      at: Date.now(),
      payload,
      ...change,
    };
    return signEntry(whole, this.signer);
  }

  async write(kind: EntryKind, payload: Bytes, change: Partial<EntryDraft> = {}): Promise<Entry> {
    const entry = await this.draft(kind, payload, change);
    this.seq = entry.seq;
    this.prev = fromHex(entry.hash);
    return entry;
  }

  /** Types at the start of the song. */
  async type(songId: string, text: string, change: Partial<EntryDraft> = {}): Promise<Entry> {
    const entry = await this.write(entryKinds.songUpdate, encodeUpdate(this.typing(songId, text)), change);
    this.clocks += text.length;
    return entry;
  }

  typing(songId: string, text: string): TextUpdate {
    const struct = {
      clock: this.clocks,
      length: text.length,
      origin: null,
      rightOrigin: this.right,
      root: this.right === null ? rootOfSong(songId) : null,
      text,
    };
    return { client: this.client, structs: [struct], deleted: [] };
  }
}

/** The same bytes with one bit turned. */
export function turnBit(bytes: Bytes, bit: number): Bytes {
  const turned = new Uint8Array(bytes);
  const at = bit >> 3;
  turned[at] = (turned[at] ?? 0) ^ (1 << (bit & 7));
  return turned;
}

export const deviceOf = (signer: Signer): string => toHex(deviceIdOf(signer.publicKey));
