import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Host } from '../../src-server/app.ts';
import { Fault } from '../../shared/base/errors.ts';
import type { Authority } from './authority/authority.ts';
import { createTurns } from './in-turn.ts';
import { StartProblem } from './start-problem.ts';
import type { Settings } from './settings/settings.ts';

/** An authority server that runs inside this app. */
export interface EmbeddedAuthority {
  url: string;
  port: number;
  /** JWK thumbprint of its key. */
  keyThumbprint: string;
  /** Serves a connection that came by another way than its own port. */
  accept(socket: Socket): void;
  /** Who is signed in and has an app that listens. */
  people(): { id: string; name: string }[];
  close(): Promise<void>;
}
/**
 * Starts one on loopback with its data in `dataDir`. `port` is the one it had before, null at its first start.
 * Throws StartProblem when it cannot listen.
 */
export type StartEmbedded = (options: { dataDir: string; port: number | null; host: Host }) => Promise<EmbeddedAuthority>;

export interface ServerChoiceParts {
  settings: Settings;
  makeAuthority: (server: { id: string; url: string; isEmbedded: boolean }) => Authority;
  startEmbedded: StartEmbedded | null;
  embeddedDataDir: string;
  host: Host;
  changed: () => void;
}

/** Which authority the app works with: one at a time, the embedded one unless another was chosen. */
export interface ServerChoice {
  current(): Authority | null;
  /** @param url holds for this run only; without it the choice of last time. */
  open(url: string | null): Promise<void>;
  /** @param key thumbprint that the server must have; null: any */
  choose(url: string, key: string | null): Promise<void>;
  /** Throws Fault 'unavailable' and 'port-taken'. */
  hostHere(): Promise<void>;
  /** Whether the embedded one runs though another is chosen: others reach it. Null: it does not run. Throws Fault 'unavailable' and 'port-taken'. */
  keepEmbedded(isKept: boolean): Promise<EmbeddedAuthority | null>;
  /** Its address on this computer; null: it does not run. */
  embeddedUrl(): string | null;
  close(): Promise<void>;
}

const unavailable = (): Fault => new Fault('unavailable', 'This app was started without a server of its own.');

/** One spelling a server: no trailing slash, nothing that would not be part of its address. */
function normalise(url: string): string {
  const { protocol, host, pathname, username, password } = new URL(url);
  if (username !== '' || password !== '') throw new Fault('bad-request', 'An address has no user name or password in it.');
  return `${protocol}//${host}${pathname.replace(/\/+$/, '')}`;
}

function idOf(url: string): string {
  return `server-${createHash('sha256').update(url).digest('hex').slice(0, 32)}`;
}

export function createServerChoice(parts: ServerChoiceParts): ServerChoice {
  const { settings, makeAuthority, startEmbedded, embeddedDataDir, host, changed } = parts;
  let current: Authority | null = null;
  let embedded: EmbeddedAuthority | null = null;
  let isKept = false;

  const stopEmbedded = async (): Promise<void> => {
    const running = embedded;
    embedded = null;
    await running?.close();
  };
  const startHere = async (start: StartEmbedded): Promise<EmbeddedAuthority> => {
    // It may not start (its port is taken): then the one of before stays.
    embedded ??= await start({ dataDir: embeddedDataDir, port: settings.get('embedded_port'), host });
    settings.set('embedded_port', embedded.port);
    return embedded;
  };
  const isHere = (): boolean => current?.id === 'embedded';
  const leave = async (): Promise<void> => {
    current?.close();
    current = null;
    if (!isKept) await stopEmbedded();
  };
  const makeRemote = (url: string): Authority => makeAuthority({ id: idOf(url), url, isEmbedded: false });
  const openEmbedded = async (start: StartEmbedded): Promise<void> => {
    const { url } = await startHere(start);
    current?.close();
    current = makeAuthority({ id: 'embedded', url, isEmbedded: true });
    await current.contact();
  };

  const hostHere = async (): Promise<void> => {
    if (startEmbedded === null) throw unavailable();
    if (!isHere()) await openEmbedded(startEmbedded);
    settings.set('server_url', null);
    changed();
  };
  const choose = async (text: string, key: string | null): Promise<void> => {
    const url = normalise(text);
    if (url === embedded?.url || url === host.url()) return hostHere();
    const next = makeRemote(url);
    try {
      await next.contact(key);
    } catch (error) {
      next.close();
      throw error;
    }
    await leave();
    current = next;
    settings.set('server_url', url);
    changed();
  };
  const keepEmbedded = async (keep: boolean): Promise<EmbeddedAuthority | null> => {
    if (keep) {
      if (startEmbedded === null) throw unavailable();
      await startHere(startEmbedded);
    }
    isKept = keep;
    if (!keep && !isHere()) await stopEmbedded();
    return embedded;
  };
  const inTurn = createTurns();
  /** For what is done while the app runs: at its start the reason is printed. */
  const refusing = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await inTurn(work);
    } catch (error) {
      throw error instanceof StartProblem ? new Fault('port-taken', error.message) : error;
    }
  };

  return {
    current: () => current,
    open: async (url) => {
      const chosen = url ?? settings.get('server_url');
      if (chosen !== null) current = makeRemote(normalise(chosen));
      else if (startEmbedded !== null) await openEmbedded(startEmbedded);
    },
    choose: (url, key) => refusing(() => choose(url, key)),
    hostHere: () => refusing(hostHere),
    keepEmbedded: (keep) => refusing(() => keepEmbedded(keep)),
    embeddedUrl: () => embedded?.url ?? null,
    close: () =>
      inTurn(async () => {
        await leave();
        await stopEmbedded();
      }),
  };
}
