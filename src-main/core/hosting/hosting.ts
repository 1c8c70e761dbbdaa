import { isDeepStrictEqual } from 'node:util';
import { Fault } from '../../../shared/base/errors.ts';
import type { Timers } from '../../../shared/base/clock.ts';
import type { HostingState, Network } from '../../../shared/ipc/hosting.ts';
import { createTurns } from '../in-turn.ts';
import type { EmbeddedAuthority } from '../server-choice.ts';
import type { Settings } from '../settings/settings.ts';
import { openDoor, type Door } from './open-door.ts';

/** A cable that is pulled or another network is noticed within this time. */
const lookEveryMs = 5_000;
/** Connections of a page that loads come and go in bursts: told once. */
const gatherMs = 200;

export interface HostingParts {
  settings: Settings;
  timers: Timers;
  networks: () => readonly Network[];
  /** The authority of this app; it runs for as long as an address is chosen. Throws Fault 'unavailable' and 'port-taken'. */
  keepEmbedded: (isKept: boolean) => Promise<EmbeddedAuthority | null>;
  /** Tells the network of it, where that is possible. */
  announce: (at: { address: string; port: number; key: string }) => { end(): Promise<void> } | null;
  /** Whoever sits here is not one of the others. */
  isOwn: (userId: string) => boolean;
  changed: (state: HostingState) => void;
  /** The system refused something that nobody foresaw, while nobody waits for an answer. */
  onFailure: (error: unknown) => void;
}

/** Lets others in the same network reach the authority of this app, at the one address that a person chose. */
export interface Hosting {
  state(): HostingState;
  /** Whether others reach it, or will as soon as the chosen address is there. */
  isChosen(): boolean;
  /** @param address null: no longer. Throws Fault 'unavailable', or 'unprocessable' for an address that this computer does not have. */
  choose(address: string | null): Promise<void>;
  /** As it was when the app was closed. What hinders it is in the state. */
  resume(): Promise<void>;
  peopleChanged(): void;
  close(): Promise<void>;
}

function problemOf(error: unknown): NonNullable<HostingState['problem']> {
  if (error instanceof Fault && error.code === 'port-taken') return error.code;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return 'port-taken';
  if (code === 'EADDRNOTAVAIL') return 'address-gone';
  if (code === 'EACCES' || code === 'EPERM') return 'not-permitted';
  throw error;
}

/** `http://192.168.1.20:4777`, `http://[fd00::2]:4777` */
function urlOf(address: string, port: number): string {
  return `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
}

export function createHosting({ settings, timers, networks, keepEmbedded, announce, isOwn, changed, onFailure }: HostingParts): Hosting {
  const inTurn = createTurns();
  let embedded: EmbeddedAuthority | null = null;
  let open: { door: Door; address: string; announcement: ReturnType<HostingParts['announce']> } | null = null;
  let problem: HostingState['problem'] = null;
  let told: HostingState | null = null;
  let cancelTelling: (() => void) | null = null;
  let isOver = false;

  const state = (): HostingState => ({
    networks: [...networks()],
    address: settings.get('hosting_address'),
    at: open === null || embedded === null ? null : { url: urlOf(open.address, embedded.port), key: embedded.keyThumbprint },
    problem,
    people: open === null ? [] : (embedded?.people() ?? []).filter(({ id }) => !isOwn(id)),
    computer_count: open?.door.visitorCount() ?? 0,
  });
  const tell = (): void => {
    cancelTelling?.();
    cancelTelling = null;
    const present = state();
    if (isDeepStrictEqual(present, told)) return;
    told = present;
    changed(present);
  };
  const tellSoon = (): void => {
    // Connections end while the app does.
    if (isOver) return;
    cancelTelling ??= timers.after(gatherMs, tell);
  };

  const shut = async (): Promise<void> => {
    const before = open;
    open = null;
    await before?.announcement?.end();
    await before?.door.close();
  };
  /** What hinders the authority; it is tried again with each look. */
  const start = async (): Promise<HostingState['problem']> => {
    try {
      embedded ??= await keepEmbedded(true);
      return null;
    } catch (error) {
      return problemOf(error);
    }
  };
  /** Brings the door in line with what was chosen and what is there. */
  const settle = async (): Promise<void> => {
    const address = settings.get('hosting_address');
    const isThere = networks().some((network) => network.address === address);
    if (open !== null && (open.address !== address || !isThere)) await shut();
    problem = (address === null ? null : await start()) ?? (address !== null && !isThere ? 'address-gone' : null);
    if (address !== null && isThere && open === null && embedded !== null) {
      const authority = embedded;
      try {
        const { port, keyThumbprint: key } = authority;
        const door = await openDoor({ address, port, accept: (socket) => authority.accept(socket), changed: tellSoon });
        open = { door, address, announcement: announce({ address, port, key }) };
      } catch (error) {
        problem = problemOf(error);
      }
    }
    tell();
  };
  const stopLooking = timers.every(lookEveryMs, () => {
    inTurn(async () => {
      if (settings.get('hosting_address') !== null) await settle();
    }).catch(onFailure);
  });

  return {
    state,
    isChosen: () => settings.get('hosting_address') !== null,
    choose: (address) =>
      inTurn(async () => {
        if (address !== null && !networks().some((network) => network.address === address))
          throw new Fault('unprocessable', 'This computer does not have that address.');
        if (address === null) {
          await shut();
          await keepEmbedded(false);
          embedded = null;
        }
        // First what may be refused, then the memory of it.
        else await start();
        settings.set('hosting_address', address);
        await settle();
      }),
    resume: () =>
      inTurn(async () => {
        if (settings.get('hosting_address') !== null) await settle();
      }),
    peopleChanged: tellSoon,
    close: () =>
      inTurn(async () => {
        isOver = true;
        stopLooking();
        cancelTelling?.();
        await shut();
      }),
  };
}
