import type { Bridge, ResultOf } from '../../shared/ipc/contract.ts';
import type { Timers } from '../../shared/base/clock.ts';
import { ask } from './core-ledger.ts';
import type { SignalingParts } from './signaling-conn.ts';
import { RelayEntrance, type RelayIdentity } from './relay-entrance.ts';
import { RelayLinks, type RelayLinksParts } from './relay-links.ts';

export interface RelayWayParts {
  bridge: Bridge;
  identity: RelayIdentity;
  timers: Timers;
  room: string;
  connect: RelayLinksParts['connect'];
  directWindows: RelayLinksParts['directWindows'];
  /** Signals go through the relay as well; null: no longer. */
  setSignaling(parts: SignalingParts | null): void;
}

/** The way to the others through the meeting point that this person chose, or that this app is: kept as that changes. R-MSH-5. */
export class RelayWay {
  readonly #parts: RelayWayParts;
  readonly #stop: () => void;
  #url: string | null = null;
  #links: RelayLinks | null = null;
  #isClosed = false;

  constructor(parts: RelayWayParts) {
    this.#parts = parts;
    this.#stop = parts.bridge.on('relay.changed', (state) => this.#use(state));
    ask(parts.bridge, 'relay.state', {}).then(
      (state) => this.#use(state),
      () => undefined,
    );
  }

  close(): void {
    this.#isClosed = true;
    this.#stop();
    this.#leave();
  }

  #use({ url, hosted_url }: ResultOf<'relay.state'>): void {
    const next = hosted_url ?? url;
    if (this.#isClosed || next === this.#url) return;
    this.#leave();
    this.#url = next;
    if (next === null) return;
    const { identity, timers, room, connect, directWindows } = this.#parts;
    const address = `${next.replace(/^http/, 'ws').replace(/\/$/, '')}/relay`;
    this.#parts.setSignaling({ url: address, room, entrance: new RelayEntrance(identity, 'signals') });
    this.#links = new RelayLinks({
      url: address,
      timers,
      open: (at) => new WebSocket(at),
      entrance: () => new RelayEntrance(identity, 'links'),
      connect,
      directWindows,
    });
  }

  #leave(): void {
    this.#links?.close();
    this.#links = null;
    this.#parts.setSignaling(null);
  }
}
