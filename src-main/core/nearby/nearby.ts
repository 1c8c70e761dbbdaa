import type { Clock, Timers } from '../../../shared/base/clock.ts';
import { limits } from '../../../shared/base/limits.ts';
import type { NearbyServer } from '../../../shared/ipc/nearby.ts';
import type { Multicast, OpenMulticast } from './multicast.ts';
import { readServices, recordSeconds, serviceType } from './service-records.ts';

/** A window asks every two seconds while its list is on the screen; after this it is no longer there. */
const leaseMs = 10_000;
/** Asked again this often while somebody looks. */
const askEveryMs = 5_000;

export interface NearbyParts {
  clock: Clock;
  timers: Timers;
  /** Null: this app looks for nobody. */
  open: OpenMulticast | null;
  /** The key of this app's own authority while it hosts. */
  ownKey: () => string | null;
}

/** Apps in the same network that say they host. The network is asked only while somebody looks. */
export interface Nearby {
  look(): { servers: NearbyServer[]; is_possible: boolean };
  close(): Promise<void>;
}

export function createNearby({ clock, timers, open, ownKey }: NearbyParts): Nearby {
  const found = new Map<string, { server: NearbyServer; goneAt: number }>();
  let multicast: Multicast | null = null;
  let isPossible = open !== null;
  let lookedAt = 0;
  let stopAsking: (() => void) | null = null;

  const stop = async (): Promise<void> => {
    stopAsking?.();
    stopAsking = null;
    found.clear();
    const before = multicast;
    multicast = null;
    await before?.close();
  };
  const start = (openMulticast: OpenMulticast): void => {
    const mine = openMulticast({
      address: null,
      heard: (packet, from) => {
        // One's own question comes back: it is spoken here.
        isPossible = true;
        if (packet.type !== 'response') return;
        for (const { server, isThere } of readServices(packet, from)) {
          const name = `${server.url} ${server.key}`;
          if (!isThere) found.delete(name);
          // Who is there first stays: a flood shows no more than the list holds, and pushes nobody out of it.
          else if (found.has(name) || found.size < limits.nearbyServers)
            found.set(name, { server, goneAt: clock.now() + recordSeconds * 1_000 });
        }
      },
      failed: () => {
        isPossible = false;
        void stop();
      },
    });
    multicast = mine;
    mine.ask(serviceType);
    stopAsking = timers.every(askEveryMs, () => {
      if (clock.now() - lookedAt > leaseMs) void stop();
      else mine.ask(serviceType);
    });
  };

  return {
    look: () => {
      lookedAt = clock.now();
      if (multicast === null && open !== null) start(open);
      for (const [name, { goneAt }] of found) if (goneAt <= lookedAt) found.delete(name);
      const servers = [...found.values()].map(({ server }) => server).filter(({ key }) => key !== ownKey());
      return { servers: servers.toSorted((one, other) => one.name.localeCompare(other.name)), is_possible: isPossible };
    },
    close: stop,
  };
}
