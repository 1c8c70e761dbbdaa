import type { Credentials } from '../../../shared/api/auth.ts';
import { Fault } from '../../../shared/base/errors.ts';
import type { Clock } from '../../../shared/base/clock.ts';
import type { RandomBytes } from '../../../shared/base/ids.ts';
import type { SecretStore } from '../secret-files.ts';

export interface AccessToken {
  text: string;
  expiresAt: number;
}

export interface TokenKeeperParts {
  secrets: SecretStore;
  /** Name of the secret that holds this server's refresh token. */
  secretName: string;
  clock: Clock;
  /** The `refresh` operation. */
  refresh: (refreshToken: string, attempt: string) => Promise<Credentials>;
  random: RandomBytes;
  /** The server no longer knows the refresh token: the person has to sign in again. */
  lost: () => void;
  refreshed: (credentials: Credentials) => void;
}

/** Holds the access token in memory and the refresh token in the secret store; refreshes once at a time. */
export interface TokenKeeper {
  adopt(credentials: Credentials): void;
  /** A token with some time left. Faults: unauthorized (nobody is signed in), unreachable. */
  token(): Promise<AccessToken>;
  /** The server refused this access token before its time. */
  refused(token: AccessToken): void;
  refreshToken(): string | null;
  clear(): void;
}

/** Refreshed this long before its end, so that a socket opened with it has time to say so. */
const refreshAheadMs = 60_000;

function isRefusal(error: unknown): boolean {
  return error instanceof Fault && (error.code === 'unauthorized' || error.code === 'wrong-credentials');
}

export function createTokenKeeper({ secrets, secretName, clock, random, refresh, lost, refreshed }: TokenKeeperParts): TokenKeeper {
  const attemptName = `${secretName}-attempt`;
  let access: AccessToken | null = null;
  let running: Promise<AccessToken> | null = null;
  /** Grows with each sign-in and sign-out, so that a refresh that was under way does not undo them. */
  let turn = 0;

  const keep = (credentials: Credentials): AccessToken => {
    secrets.write(secretName, credentials.refresh_token);
    access = { text: credentials.access_token, expiresAt: clock.now() + credentials.expires_in * 1_000 };
    return access;
  };
  /**
   * On disk before the server is asked: if this app is killed before it keeps the answer, the server gives the same answer
   * again for the same attempt. Another attempt with a token that was used would end the sign-in.
   */
  const attemptFor = (refreshToken: string): string => {
    const [ofToken, attempt] = secrets.read(attemptName)?.split(' ') ?? [];
    if (ofToken === refreshToken && attempt !== undefined) return attempt;
    const fresh = Buffer.from(random(32)).toString('base64url');
    secrets.write(attemptName, `${refreshToken} ${fresh}`);
    return fresh;
  };
  const clear = (): void => {
    turn += 1;
    access = null;
    running = null;
    secrets.remove(secretName);
    secrets.remove(attemptName);
  };
  const refreshNow = async (): Promise<AccessToken> => {
    const held = secrets.read(secretName);
    if (held === null) throw new Fault('unauthorized');
    const startedIn = turn;
    try {
      const credentials = await refresh(held, attemptFor(held));
      if (turn !== startedIn) throw new Fault('unauthorized');
      const token = keep(credentials);
      refreshed(credentials);
      return token;
    } catch (error) {
      if (turn === startedIn && isRefusal(error)) {
        clear();
        lost();
      }
      throw error;
    }
  };

  return {
    adopt: (credentials) => {
      turn += 1;
      running = null;
      keep(credentials);
    },
    token: async () => {
      if (access !== null && clock.now() < access.expiresAt - refreshAheadMs) return access;
      if (running !== null) return running;
      const mine = refreshNow();
      running = mine;
      try {
        return await mine;
      } finally {
        if (running === mine) running = null;
      }
    },
    refused: (token) => {
      if (access === token) access = null;
    },
    refreshToken: () => secrets.read(secretName),
    clear,
  };
}
