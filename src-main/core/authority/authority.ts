import type { Credentials } from '../../../shared/api/auth.ts';
import type { ServerDescription } from '../../../shared/api/server.ts';
import { operations, type OperationName, type OutputOf, type InputOf } from '../../../shared/api/operations.ts';
import { Fault } from '../../../shared/base/errors.ts';
import type { Clock, Timers } from '../../../shared/base/clock.ts';
import type { RandomBytes } from '../../../shared/base/ids.ts';
import type { AppState } from '../../../shared/ipc/contract.ts';
import type { User } from '../../../shared/session/schemas.ts';
import type { EventsServerFrame } from '../../../shared/api/events.ts';
import type { SecretStore } from '../secret-files.ts';
import { openEventsLink, type EventsLink } from './events-link.ts';
import type { HttpExchange } from './http-exchange.ts';
import { findAuthorityKey } from './key-pin.ts';
import { readJwks, readRestAnswer } from './rest-answer.ts';
import { buildRestRequest, type RestRequest } from './rest-request.ts';
import type { ServerRecord, ServerRecords } from './server-records.ts';
import { createTokenKeeper, type AccessToken } from './token-keeper.ts';
import { watchReachability } from './watch-reachability.ts';

export interface AuthorityParts {
  id: string;
  url: string;
  isEmbedded: boolean;
  records: ServerRecords;
  secrets: SecretStore;
  exchange: HttpExchange;
  clock: Clock;
  timers: Timers;
  random: RandomBytes;
  /** Reachability, description, key or account changed. */
  changed: () => void;
  /** Every result of a request, with the person it was made for. */
  answered: (answer: { name: OperationName; input: unknown; output: unknown; user: User }) => void;
  /** What the server says by itself to the person, as it happens. */
  told: (frame: EventsServerFrame, user: User) => void;
  /** Changes may have passed untold. */
  missed: () => void;
}

/** One authority server as core sees it: its pinned key, the person's account on it, its REST operations. */
export interface Authority {
  readonly id: string;
  readonly url: string;
  state(): NonNullable<AppState['server']>;
  account(): User | null;
  /**
   * Looks who is there and pins its key, or compares it. Faults: unreachable, protocol-error, proof-failed.
   * @param thumbprint the only key that is pinned, as an invitation says; null: any
   */
  contact(thumbprint?: string | null): Promise<void>;
  /**
   * Any operation of a signed-in person, or an open one.
   * @param key its Idempotency-Key: the server does once what comes again under it
   */
  request<N extends OperationName>(name: N, input: InputOf<N>, key?: string): Promise<OutputOf<N>>;
  signIn<N extends 'register' | 'guest' | 'login'>(name: N, input: InputOf<N>): Promise<User>;
  signOut(): Promise<void>;
  /** @param refused a socket was closed for this one before its time */
  socketToken(refused: string | null): Promise<AccessToken>;
  close(): void;
}

export function createAuthority(parts: AuthorityParts): Authority {
  const { id, url, isEmbedded, records, secrets, exchange, clock, timers, random, changed, answered, told, missed } = parts;
  let record: ServerRecord = { authority_key: null, description: null, account: null, ...records.get(id), id, url };
  let isReachable = false;
  /** The key was compared since the server was last out of reach: behind an address, another may have come back. */
  let isContacted = false;
  let contacting: Promise<void> | null = null;

  const update = (change: Partial<ServerRecord>): void => {
    const next = { ...record, ...change };
    if (JSON.stringify(next) === JSON.stringify(record)) return;
    record = next;
    records.put(record);
    changed();
    listen();
  };
  const setReachable = (value: boolean): void => {
    if (!value) isContacted = false;
    if (isReachable === value) return;
    isReachable = value;
    changed();
    if (value) events?.link.retryNow();
  };
  const fetchPath: (path: string) => ReturnType<HttpExchange> = (path) => exchangeHere({ method: 'GET', path, body: null }, null, null);
  const exchangeHere = async (request: RestRequest, token: string | null, key: string | null) => {
    try {
      return await exchange({
        method: request.method,
        url: url + request.path,
        headers: {
          accept: 'application/json',
          ...(request.body !== null && { 'content-type': 'application/json' }),
          ...(token !== null && { authorization: `Bearer ${token}` }),
          ...(key !== null && { 'idempotency-key': key }),
        },
        body: request.body,
      });
    } catch (error) {
      if (error instanceof Fault && error.code === 'unreachable') setReachable(false);
      throw error;
    }
  };
  const callOnce = async <N extends OperationName>(
    name: N,
    input: unknown,
    token: string | null,
    key: string | null = null,
  ): Promise<OutputOf<N>> => readRestAnswer(name, await exchangeHere(buildRestRequest(name, input), token, key));

  const lookWhoIsThere = async (thumbprint: string | null): Promise<void> => {
    try {
      const description = await callOnce('describeServer', {}, null);
      const key = findAuthorityKey(readJwks(await fetchPath('/.well-known/jwks.json')), description.key_thumbprint);
      if (key === null) throw new Fault('protocol-error', 'The server does not show the key that it names.');
      if (thumbprint !== null && description.key_thumbprint !== thumbprint)
        throw new Fault('proof-failed', 'This address answers with another key than the invitation names.');
      if (record.authority_key !== null && record.authority_key !== key) {
        throw new Fault('proof-failed', 'This address answers with another key than at first contact: it is not the server you know.');
      }
      update({ description, authority_key: key });
      isContacted = true;
      setReachable(true);
    } catch (error) {
      setReachable(false);
      throw error;
    }
  };
  const contact = async (thumbprint: string | null = null): Promise<void> => {
    // Whoever has a key in hand looks for themselves: what is under way may be about to pin another.
    if (thumbprint !== null) return lookWhoIsThere(thumbprint);
    contacting ??= lookWhoIsThere(null).finally(() => {
      contacting = null;
    });
    return contacting;
  };
  const call = async <N extends OperationName>(
    name: N,
    input: unknown,
    token: string | null,
    key: string | null = null,
  ): Promise<OutputOf<N>> => {
    if (!isContacted) await contact();
    return callOnce(name, input, token, key);
  };

  const keeper = createTokenKeeper({
    secrets,
    secretName: `refresh-${id}`,
    clock,
    random,
    refresh: (refreshToken, attempt) => call('refresh', { refresh_token: refreshToken, attempt }, null),
    refreshed: ({ user }: Credentials) => update({ account: user }),
    lost: () => update({ account: null }),
  });

  const callSignedIn = async <N extends OperationName>(name: N, input: unknown, key: string | null): Promise<OutputOf<N>> => {
    const token = await keeper.token();
    try {
      return await call(name, input, token.text, key);
    } catch (error) {
      if (!(error instanceof Fault && error.code === 'unauthorized')) throw error;
      keeper.refused(token);
      return call(name, input, (await keeper.token()).text, key);
    }
  };

  /** A new password ends all sign-ins: this app, which was given it, begins a new one. A guest's first password ends none. */
  const signInAgain = async ({ password }: InputOf<'updateMe'>, before: User, { email }: User): Promise<void> => {
    if (password === undefined || before.email === null || email === null) return;
    keeper.clear();
    try {
      const credentials = await call('login', { email, password }, null);
      keeper.adopt(credentials);
      update({ account: credentials.user });
    } catch (error) {
      // The new password stands; the person signs in with it.
      if (!(error instanceof Fault)) throw error;
      update({ account: null });
    }
  };
  /** What may have changed while the server runs: registration, features. Another key is another server. */
  const describe = (description: ServerDescription): void => {
    if (description.key_thumbprint === record.description?.key_thumbprint) update({ description });
  };

  const socketToken = async (refused: string | null): Promise<AccessToken> => {
    const token = await keeper.token();
    if (token.text !== refused) return token;
    keeper.refused(token);
    return keeper.token();
  };
  let events: { userId: string; link: EventsLink } | null = null;
  /** The server's own word is heard for as long as somebody is signed in, by one connection a person. */
  function listen(): void {
    const user = record.account;
    if (events?.userId === user?.id) return;
    events?.link.close();
    events = null;
    if (user === null) return;
    const link = openEventsLink({
      url,
      timers,
      token: async (refused) => (await socketToken(refused)).text,
      told: (frame) => told(frame, user),
      missed,
      // What is done next should not be the first to find out.
      lost: () => void fetchPath('/health').catch(() => undefined),
    });
    events = { userId: user.id, link };
  }
  listen();

  const watch = watchReachability({
    timers,
    isReachable: () => isReachable,
    probe: async () => {
      if (!isContacted) return contact();
      const { status } = await fetchPath('/health');
      if (status !== 200) setReachable(false);
    },
  });

  return {
    id,
    url,
    state: () => ({
      url,
      is_embedded: isEmbedded,
      is_reachable: isReachable,
      description: record.description,
      authority_key: record.authority_key,
    }),
    account: () => record.account,
    contact,
    request: async (name, input, key) => {
      if (operations[name].gate === 'open') {
        const output = await call(name, input, null);
        if (name === 'describeServer') describe(output as ServerDescription);
        return output;
      }
      const user = record.account;
      if (user === null) throw new Fault('unauthorized');
      const output = await callSignedIn(name, input, key ?? null);
      if (name === 'deleteMe' || name === 'logoutEverywhere') {
        keeper.clear();
        update({ account: null });
      }
      if (name === 'updateMe') await signInAgain(input as InputOf<'updateMe'>, user, output as User);
      answered({ name, input, output, user });
      if ((name === 'me' || name === 'updateMe') && record.account?.id === user.id) update({ account: output as User });
      return output;
    },
    signIn: async (name, input) => {
      const credentials: Credentials = await call(name, input, null);
      keeper.adopt(credentials);
      update({ account: credentials.user });
      return credentials.user;
    },
    signOut: async () => {
      const refreshToken = keeper.refreshToken();
      keeper.clear();
      update({ account: null });
      if (refreshToken === null) return;
      try {
        await call('logout', { refresh_token: refreshToken }, null);
      } catch (error) {
        // Signed out here in any case: without the server its token ends by itself.
        if (!(error instanceof Fault)) throw error;
      }
    },
    socketToken,
    close: () => {
      watch();
      events?.link.close();
    },
  };
}
