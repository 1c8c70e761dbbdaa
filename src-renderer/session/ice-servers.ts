import type { Timers } from '../../shared/base/clock.ts';
import type { Bridge } from '../../shared/ipc/contract.ts';
import type { ServerDescription } from '../../shared/api/server.ts';
import { operations } from '../../shared/api/operations.ts';
import { ask } from './core-ledger.ts';

/** Credentials last for half a day: a new one is there long before the last one ends. */
const renewEveryMs = 60 * 60 * 1_000;

function asIceServers(rows: ServerDescription['ice_servers']): RTCIceServer[] {
  return rows.map(({ urls, username, credential }) => ({
    urls,
    ...(username === undefined ? {} : { username }),
    ...(credential === undefined ? {} : { credential }),
  }));
}

/** The authority's STUN and TURN servers, kept valid: none unless its settings name some. R-MSH-4. */
export class IceServers {
  /** The same list always: connections that are made later find what it holds then. */
  readonly list: RTCIceServer[];
  /** There is as much as there will be for now; the mesh is not begun without. */
  readonly ready: Promise<void>;
  readonly #bridge: Bridge;
  readonly #stop: () => void;

  constructor(bridge: Bridge, description: ServerDescription | null, timers: Timers) {
    this.#bridge = bridge;
    this.list = asIceServers(description?.ice_servers ?? []);
    const hasTurn = description?.features.includes('turn') === true;
    this.ready = hasTurn ? this.#renew() : Promise.resolve();
    this.#stop = hasTurn ? timers.every(renewEveryMs, () => void this.#renew()) : () => undefined;
  }

  close(): void {
    this.#stop();
  }

  async #renew(): Promise<void> {
    try {
      const output = await ask(this.#bridge, 'authority.request', { operation: 'iceServers', input: {} });
      const { ice_servers } = operations.iceServers.output.parse(output);
      this.list.splice(0, this.list.length, ...asIceServers(ice_servers));
    } catch {
      // Without the server there is no finding each other either; what was known serves until it is back.
    }
  }
}
