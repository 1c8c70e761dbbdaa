import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { helpText } from '../../src-server/commands/help.ts';
import { ConfigFault, readConfig } from '../../src-server/config.ts';
import { callApi } from '../support/api-client.ts';
import { createSession, expectDone, registerUser } from '../support/server.ts';
import { startServerProcess } from '../support/server-process.ts';
import { testDirectory } from '../support/test-core.ts';

const main = join(import.meta.dirname, '..', '..', 'src-server', 'main.ts');
const run = (args: string[], env: Record<string, string> = {}) =>
  spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', env: { PATH: process.env.PATH ?? '', ...env } });

test('without a variable the defaults hold', () => {
  const { data_dir, ...config } = readConfig({ CHORDME_NAME: '' });
  expect(data_dir).toMatch(/chordme-data$/);
  expect(config).toEqual({
    host: '127.0.0.1',
    port: 4777,
    name: 'ChordMe',
    registration: 'open',
    admin: '',
    rate_limits: true,
    trust_proxy: '',
    ice_servers: [],
    public_url: '',
    smtp_url: '',
    mail_from: '',
    metrics_token: '',
    turn_urls: [],
    turn_secret: '',
    relay: false,
    log_level: 'info',
  });
});

test('values are parsed', () => {
  const ice = [{ urls: ['stun:a.example', 'turn:b.example'], username: 'u', credential: 'c' }];
  const config = readConfig({
    CHORDME_PORT: '0',
    CHORDME_RATE_LIMITS: 'off',
    CHORDME_ADMIN: 'Chief@Example.org',
    CHORDME_ICE_SERVERS: JSON.stringify(ice),
    PATH: '/bin',
  });
  expect(config).toMatchObject({ port: 0, rate_limits: false, admin: 'chief@example.org', ice_servers: ice });
});

test('every wrong or mistyped variable is named at once', () => {
  const environment = {
    CHORDME_PORT: '70000',
    CHORDME_REGISTRATION: 'maybe',
    CHORDME_ICE_SERVERS: '[',
    CHORDME_TRUST_PROXY: '10.0.0.0/99',
    CHORDME_PUBLIC_URL: 'chords.example.org',
    CHORDME_SMTP_URL: 'https://mail.example.org',
    CHORDME_METRICS_TOKEN: 'short',
    CHORDME_REGISTRATON: 'closed',
  };
  expect(() => readConfig(environment)).toThrow(ConfigFault);
  try {
    readConfig(environment);
  } catch (error) {
    for (const name of Object.keys(environment)) expect((error as Error).message).toContain(name);
  }
});

test('[R-MSH-4] TURN servers and their secret: one without the other is refused, and so is what is no address', () => {
  const both = { CHORDME_TURN_URLS: 'turn:a.example:3478?transport=udp, turns:a.example', CHORDME_TURN_SECRET: 'sixteen letters!' };
  expect(readConfig(both).turn_urls).toEqual(['turn:a.example:3478?transport=udp', 'turns:a.example']);
  for (const [name, value] of Object.entries(both)) expect(() => readConfig({ [name]: value })).toThrow('no use without the other');
  expect(() => readConfig({ ...both, CHORDME_TURN_URLS: 'https://a.example' })).toThrow('CHORDME_TURN_URLS');
  expect(() => readConfig({ ...both, CHORDME_TURN_SECRET: 'short' })).toThrow('CHORDME_TURN_SECRET');
});

test('--help lists every setting with its default and starts nothing', () => {
  const { status, stdout, stderr } = run(['--help']);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout.trim()).toBe(helpText());
  for (const key of Object.keys(readConfig({}))) expect(stdout).toContain(`CHORDME_${key.toUpperCase()}`);
  expect(stdout).toContain('4777');
});

test('a wrong argument or setting ends it with 2 and a sentence, without a stack', () => {
  for (const { status, stderr, stdout } of [run(['--verbose']), run([], { CHORDME_PORT: 'x' })]) {
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).not.toMatch(/\n\s+at /);
  }
});

test('it prints one ready line, keeps everything over a SIGTERM and a SIGKILL, and stops with 0', async () => {
  const environment = { CHORDME_PORT: '0', CHORDME_DATA_DIR: testDirectory(), CHORDME_LOG_LEVEL: 'warn' };
  const first = await startServerProcess(environment);
  const ada = await registerUser(first.url);
  const session = await createSession(first.url, ada);
  await first.kill();

  const second = await startServerProcess(environment);
  // The token's key was kept too.
  expect(expectDone(await callApi(second.url, 'getSession', { id: session.id }, ada.token))).toMatchObject(session);
  expect(await second.stop()).toBe(0);
  const third = await startServerProcess(environment);
  expect((await callApi(third.url, 'mySessions', {}, ada.token)).body?.items).toEqual([session]);
  expect(await third.stop()).toBe(0);
});
