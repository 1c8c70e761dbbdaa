import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate, removeAwarenessStates } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { Clock } from '../../shared/base/clock.ts';
import { limits } from '../../shared/base/limits.ts';
import type { Bytes } from '../../shared/ledger/bytes.ts';
import { presenceStateSchema, type SharedPresence } from '../../shared/session/presence-state.ts';

export interface Person {
  user_id: string;
  name: string;
  color: string;
}

/** Where somebody is, with who they are by the statement. */
export interface PresenceState extends SharedPresence {
  user?: { name: string; color: string; colorLight: string };
  user_id?: string;
}

const awarenessMessage = 1;
const typingMs = 2_000;

interface Owner {
  device: string;
  second: number;
  count: number;
}

/** Cursors and presence of all windows: bounded, and only ever of the window whose link it came from. R-MSH-1. */
export class Presence {
  /** Empty for ever: it lends y-webrtc and the awareness their document. */
  readonly lobby = new Y.Doc();
  readonly awareness = new Awareness(this.lobby);
  readonly #identify: (device: string) => Person | null;
  readonly #clock: Clock;
  readonly #owners = new Map<number, Owner>();
  #typedAt = -Infinity;

  /** @param identify who a device belongs to by the newest statement; null when it may not read */
  constructor(identify: (device: string) => Person | null, clock: Clock) {
    this.#identify = identify;
    this.#clock = clock;
  }

  get ownClient(): number {
    return this.lobby.clientID;
  }

  /** Own state, for a link that has just been proved or the authority. */
  ownUpdate(): Bytes {
    return new Uint8Array(encodeAwarenessUpdate(this.awareness, [this.ownClient]));
  }

  setSelf(person: Person): void {
    this.#setField('user', { name: person.name, color: person.color, colorLight: `${person.color}33` });
    this.#setField('user_id', person.user_id);
  }

  showSong(songId: string | null): void {
    this.#setField('song_id', songId);
  }

  typed(): void {
    this.#typedAt = this.#clock.now();
    this.#setField('is_typing', true);
  }

  /** Ends "typing…" after a pause; called now and then. */
  rest(): void {
    if (this.#clock.now() - this.#typedAt >= typingMs) this.#setField('is_typing', false);
  }

  #setField(field: keyof PresenceState, value: unknown): void {
    const state = this.awareness.getLocalState();
    if (JSON.stringify(state?.[field]) !== JSON.stringify(value)) this.awareness.setLocalStateField(field, value);
  }

  /** What may leave over y-webrtc's own channel: one's own presence. */
  filterOutgoing(message: Bytes): Bytes | null {
    if (message[0] !== awarenessMessage) return null;
    const out = encoding.createEncoder();
    encoding.writeVarUint(out, awarenessMessage);
    encoding.writeVarUint8Array(out, this.ownUpdate());
    return new Uint8Array(encoding.toUint8Array(out));
  }

  /** A message of y-webrtc's own channel, from the window whose hello named `client`. False: it speaks in another's name. */
  receiveMessage(message: Bytes, device: string, client: number): boolean {
    try {
      const input = decoding.createDecoder(message);
      if (decoding.readVarUint(input) !== awarenessMessage) return true;
      return this.receive(new Uint8Array(decoding.readVarUint8Array(input)), device, client);
    } catch {
      // Not one of ours: y-webrtc's other messages and garbage end here alike.
      return true;
    }
  }

  /**
   * Presence of one window. Dropped when it speaks of another client than its hello, of a client that another device named
   * first, too often, or in another form. False: of another client, which is another's name.
   * @param client the only one it may speak of; null where the authority has checked that
   */
  receive(update: Bytes, device: string, client: number | null): boolean {
    const person = this.#identify(device);
    const told = readUpdate(update);
    if (told !== null && client !== null && told.client !== client) return false;
    if (person === null || told === null || told.client === this.ownClient || !this.#mayTell(told.client, device)) return true;
    const state =
      told.state === null
        ? null
        : { ...told.state, user: { name: person.name, color: person.color, colorLight: `${person.color}33` }, user_id: person.user_id };
    const out = encoding.createEncoder();
    encoding.writeVarUint(out, 1);
    encoding.writeVarUint(out, told.client);
    encoding.writeVarUint(out, told.clock);
    encoding.writeVarString(out, JSON.stringify(state));
    applyAwarenessUpdate(this.awareness, encoding.toUint8Array(out), this);
    if (state === null) this.#owners.delete(told.client);
    return true;
  }

  #mayTell(client: number, device: string): boolean {
    const second = Math.floor(this.#clock.now() / 1_000);
    const owner = this.#owners.get(client) ?? { device, second, count: 0 };
    if (owner.device !== device) return false;
    if (owner.second !== second) Object.assign(owner, { second, count: 0 });
    owner.count += 1;
    this.#owners.set(client, owner);
    return owner.count <= limits.awarenessPerSecond;
  }

  /** The window is gone. */
  forget(client: number): void {
    if (client === this.ownClient) return;
    this.#owners.delete(client);
    removeAwarenessStates(this.awareness, [client], this);
    // Its clock as well: who comes into sight again may say what it said before.
    this.awareness.meta.delete(client);
  }

  states(): ReadonlyMap<number, PresenceState> {
    return this.awareness.getStates();
  }

  close(): void {
    this.awareness.destroy();
    this.lobby.destroy();
  }
}

function readUpdate(update: Bytes): { client: number; clock: number; state: SharedPresence | null } | null {
  if (update.length > limits.awarenessBytes) return null;
  try {
    const input = decoding.createDecoder(update);
    if (decoding.readVarUint(input) !== 1) return null;
    const client = decoding.readVarUint(input);
    const clock = decoding.readVarUint(input);
    const json: unknown = JSON.parse(decoding.readVarString(input));
    if (input.pos !== update.length) return null;
    return { client, clock, state: json === null ? null : presenceStateSchema.parse(json) };
  } catch {
    return null;
  }
}
