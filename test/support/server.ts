import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import type { Clock, Timers } from '../../shared/base/clock.ts';
import { toHex, uuidToBytes } from '../../shared/base/ids.ts';
import { concat, utf8 } from '../../shared/ledger/bytes.ts';
import { deviceIdOf } from '../../shared/ledger/keys.ts';
import type { Credentials } from '../../shared/api/auth.ts';
import type { Session } from '../../shared/session/schemas.ts';
import { type App, buildApp } from '../../src-server/app.ts';
import { readConfig, type ServerConfig } from '../../src-server/config.ts';
import { systemTimers } from '../../src-server/system-timers.ts';
import { callApi, type Reply } from './api-client.ts';

export interface TestServer {
  url: string;
  config: ServerConfig;
  app: App;
  /** Stops it and removes its directory, unless the directory was given. */
  close(): Promise<void>;
}

export interface TestServerOptions {
  /** CHORDME_* variables beside those of a test: loopback, a free port, no rates, silent. */
  environment?: Record<string, string>;
  /** To start again where another one stopped. */
  dataDir?: string;
  /** Real unless given. */
  time?: Clock & Timers;
  /** Silent unless given. */
  logger?: FastifyBaseLogger;
}

/** A real authority on a real socket and real files. */
export async function startTestServer({ environment = {}, dataDir, time, logger }: TestServerOptions = {}): Promise<TestServer> {
  const directory = dataDir ?? mkdtempSync(join(tmpdir(), 'chordme-server-'));
  const config = readConfig({
    CHORDME_DATA_DIR: directory,
    CHORDME_PORT: '0',
    CHORDME_RATE_LIMITS: 'off',
    CHORDME_LOG_LEVEL: 'silent',
    ...environment,
  });
  const app = await buildApp(config, {
    clock: time ?? { now: () => Date.now() },
    timers: time ?? systemTimers,
    random: (length) => new Uint8Array(randomBytes(length)),
    ...(logger !== undefined && { logger }),
  });
  return {
    url: await app.listen(),
    config,
    app,
    close: async () => {
      await app.close();
      if (dataDir === undefined) rmSync(directory, { recursive: true, force: true });
    },
  };
}

export interface TestUser {
  id: string;
  token: string;
  credentials: Credentials;
}

export const testPassword = 'violet-harbour-41';
let nextPerson = 1;

/** Throws with the server's answer when a call that a test takes for granted was refused. */
export function expectDone<Body>(reply: Reply<Body>): Body {
  if (reply.body === undefined) throw new Error(`refused: ${reply.status} ${JSON.stringify(reply.problem)}`);
  return reply.body;
}

export async function registerUser(url: string, name = 'Ada'): Promise<TestUser> {
  const email = `${name.toLowerCase().replaceAll(/\W/g, '')}.${nextPerson++}@example.org`;
  const credentials = expectDone(await callApi(url, 'register', { email, name, password: testPassword }));
  return { id: credentials.user.id, token: credentials.access_token, credentials };
}

export interface TestDevice {
  device_id: string;
  publicKey: Uint8Array<ArrayBuffer>;
  privateKey: CryptoKey;
}

/** A device key as a browser makes it, with the proof that registers it. */
export async function makeDevice(url: string, userId: string): Promise<TestDevice & { proof: { public_key: string; signature: string } }> {
  const pair = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
  if (!('privateKey' in pair)) throw new Error('no key pair');
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const server = expectDone(await callApi(url, 'describeServer', {}));
  const thumbprint = new Uint8Array(Buffer.from(server.key_thumbprint, 'base64url'));
  const message = concat(utf8('chordme-device-v1'), uuidToBytes(userId), thumbprint);
  const signature = toHex(new Uint8Array(await crypto.subtle.sign('Ed25519', pair.privateKey, message)));
  return {
    device_id: toHex(deviceIdOf(publicKey)),
    publicKey,
    privateKey: pair.privateKey,
    proof: { public_key: toHex(publicKey), signature },
  };
}

export async function registerDevice(url: string, user: TestUser, name = 'Laptop'): Promise<TestDevice> {
  const { proof, ...device } = await makeDevice(url, user.id);
  expectDone(await callApi(url, 'registerDevice', { ...proof, name }, user.token));
  return device;
}

/** A session without a song, of Band Practice unless said otherwise. */
export async function createSession(
  url: string,
  owner: TestUser,
  input: Partial<Parameters<typeof callApi<'createSession'>>[2]> = {},
): Promise<Session & { join_code: string }> {
  const session = expectDone(await callApi(url, 'createSession', { name: 'Tuesday', ...input }, owner.token));
  return { ...session, join_code: session.join_code ?? '' };
}
