import { once } from 'node:events';
import * as encoding from 'lib0/encoding';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { WebSocket } from 'ws';
import { faults } from '../../shared/base/errors.ts';
import { limits } from '../../shared/base/limits.ts';
import { decodeAnswer, encodeCall } from '../../shared/ipc/frames.ts';
import { systemRandom } from '../../src-main/core/system.ts';
import { serveProblem } from '../../src-main/local-web/problem-page.ts';
import { serveLocalWeb } from '../../src-main/local-web/serve.ts';
import { openTestWeb, type TestWeb } from '../support/local-web.ts';
import { rendererRoot } from '../support/renderer-root.ts';
import { openTestCore } from '../support/test-core.ts';

const open = async (): Promise<TestWeb> => openTestWeb(await openTestCore());
const linkOf = (web: TestWeb): string => web.url.slice(web.origin.length);

function fetchLink(url: string | null | undefined, headers = {}, method = 'GET'): Promise<Response> {
  return fetch(url ?? '', { headers, method });
}
async function refusalOf(socket: WebSocket): Promise<number> {
  socket.on('error', () => {});
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
  socket.terminate();
  return response.statusCode;
}
async function closeOf(socket: WebSocket): Promise<number> {
  socket.on('error', () => {});
  const [code] = (await once(socket, 'close')) as [number];
  return code;
}
async function answerTo(socket: WebSocket, id: number, name: string, args: unknown): Promise<unknown> {
  socket.send(encodeCall({ id, name, args }));
  for (;;) {
    const [message] = (await once(socket, 'message')) as [Buffer];
    const frame = decodeAnswer(message);
    if (frame?.kind === 'reply' && frame.id === id) return frame.reply;
  }
}

describe('the link and the cookie', () => {
  test('the link answers directly, once; afterwards the cookie opens, deep links included', async () => {
    const web = await open();
    const first = await web.get(linkOf(web));
    expect([first.status, first.body]).toEqual([200, expect.stringMatching(/<title>ChordMe<\/title>$/)]);
    const header = first.headers['set-cookie']?.[0] ?? '';
    expect(header).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
    const cookie = header.split(';', 1)[0] ?? '';

    expect((await web.get(linkOf(web))).status).toBe(403);
    for (const path of ['/', '/session/0192f0c1-2345-7abc-8def-0123456789ab', linkOf(web)]) {
      const answer = await web.get(path, { cookie });
      expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    }
    const script = await web.get('/assets/main-1a2b.js', { cookie });
    expect([script.status, script.headers['content-type'], script.body]).toEqual([200, 'text/javascript; charset=utf-8', 'export {};']);
  });

  test('without either: 403 that says to start again, for files too; a wrong token or cookie is none', async () => {
    const web = await open();
    const wrong = 'A'.repeat(43);
    const tries: [string, Record<string, string>][] = [
      ['/', {}],
      ['/assets/main-1a2b.js', {}],
      [`/?token=${wrong}`, {}],
      ['/?token=', {}],
      ['/', { cookie: `chordme-${web.port}=${wrong}` }],
      ['/', { cookie: `chordme-${web.port}=` }],
      ['/', { cookie: `chordme-${web.port}` }],
    ];
    for (const [path, headers] of tries) {
      const answer = await web.get(path, headers);
      expect([answer.status, answer.headers['set-cookie']]).toEqual([403, undefined]);
      expect(answer.body).toContain('Start ChordMe again');
    }
    expect((await web.get(linkOf(web))).status).toBe(200);
  });

  test('HEAD neither uses the link up nor opens with it', async () => {
    const web = await open();
    expect((await web.get(linkOf(web), {}, 'HEAD')).status).toBe(403);
    expect((await web.get(linkOf(web))).status).toBe(200);
  });

  test('the link of one start is nothing to the next, on the same port', async () => {
    const core = await openTestCore();
    const first = await openTestWeb(core);
    const cookie = await first.enter();
    await first.close();
    const second = await openTestWeb(core);
    expect(second.port).toBe(first.port);
    expect((await second.get('/', { cookie })).status).toBe(403);
    expect((await second.get(linkOf(first))).status).toBe(403);
  });

  test('one more link is kept: another when it was used, the same while only a preview looked or its browser was known, none at the end', async () => {
    const kept: (string | null)[] = [];
    const core = await openTestCore();
    const keepLink = (url: string | null): void => void kept.push(url);
    const web = await serveLocalWeb({ core, root: rendererRoot(), port: null, random: systemRandom, keepLink });
    onTestFinished(() => web.close());
    const [first = ''] = kept;
    expect([first === web.url, (await fetchLink(first, {}, 'HEAD')).status, kept.length]).toEqual([false, 403, 1]);
    const entered = await fetchLink(first);
    const cookie = entered.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
    expect([entered.status, kept.length, (await fetchLink(first)).status]).toEqual([200, 2, 403]);
    expect([(await fetchLink(kept[1], { cookie })).status, kept.length]).toEqual([200, 2]);
    expect([(await fetchLink(kept[1])).status, kept.length]).toEqual([200, 3]);
    expect((await fetchLink(web.url)).status).toBe(200);
    await web.close();
    expect(kept.at(-1)).toBeNull();
  });

  test('a kept port that is taken is a clear message', async () => {
    const core = await openTestCore();
    const web = await openTestWeb(core);
    const again = serveLocalWeb({ core, root: rendererRoot(), port: null, random: systemRandom, keepLink: () => undefined });
    await expect(again).rejects.toThrow(`Port ${web.port}`);
  });
});

describe('requests that are not meant for this server', () => {
  test('another Host or Origin is refused, even with cookie or link', async () => {
    const web = await open();
    const cookie = await web.enter();
    const port = String(web.port);
    const strangers: Record<string, string>[] = [
      { host: `localhost:${port}` },
      { host: `evil.example:${port}` },
      { host: '127.0.0.1' },
      { host: `127.0.0.1:${port}.evil.example` },
      { origin: 'http://evil.example' },
      { origin: 'null' },
      { origin: `https://127.0.0.1:${port}` },
    ];
    for (const headers of strangers) {
      expect((await web.get('/', { cookie, ...headers })).status).toBe(403);
    }
    expect((await web.get('/', { cookie, origin: web.origin })).status).toBe(200);
    expect((await web.get('/', { cookie }, 'POST')).status).toBe(405);
  });

  test('the socket needs cookie, Host, Origin and its very path', async () => {
    const web = await open();
    const cookie = await web.enter();
    const { origin } = web;
    expect(await refusalOf(web.socket({ origin }))).toBe(403);
    expect(await refusalOf(web.socket({ cookie }))).toBe(403);
    expect(await refusalOf(web.socket({ cookie, origin: 'http://evil.example' }))).toBe(403);
    expect(await refusalOf(web.socket({ cookie, origin, host: `evil.example:${web.port}` }))).toBe(403);
    expect(await refusalOf(web.socket({ cookie, origin }, '/ipc2'))).toBe(403);
    expect(await refusalOf(web.socket({ cookie: 'x', origin }, linkOf(web)))).toBe(403);
    const good = web.socket({ cookie, origin });
    await once(good, 'open');
    expect(await answerTo(good, 1, 'library.list', {})).toEqual({ ok: true, result: [] });
    good.terminate();
  });

  test('no path leads out of the renderer', async () => {
    const web = await open();
    const cookie = await web.enter();
    const paths = [
      '/../secret.js',
      '/..%2fsecret.js',
      '/%2e%2e/secret.js',
      '/assets/../../secret.js',
      '/..\\secret.js',
      '/.hidden.js',
      '/assets//main-1a2b.js',
      '/%00.js',
      '/%zz.js',
      '/nothing.js',
      '/index.html/x.js',
    ];
    for (const path of paths) {
      const answer = await web.get(path, { cookie });
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.body).not.toContain('secret');
    }
  });

  test('every answer carries the strict headers', async () => {
    const web = await open();
    for (const answer of [await web.get('/'), await web.get(linkOf(web)), await web.get('/', { host: 'x' })]) {
      const policy = String(answer.headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).not.toMatch(/unsafe|\*|http/);
      expect(answer.headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cache-control': 'no-store',
      });
    }
  });
});

function any(value: unknown): Uint8Array {
  return encoding.encode((out) => encoding.writeAny(out, value as Parameters<typeof encoding.writeAny>[1]));
}

test('style elements need the nonce of their very page, which no other page has', async () => {
  const web = await open();
  const pages = [await web.get('/'), await web.get('/'), await web.get('/', { host: `127.0.0.1:${web.port}`, cookie: await web.enter() })];
  const nonces = pages.map(
    ({ headers }) => /style-src 'self' 'nonce-([\w+/=]{24})'(?:;|$)/.exec(String(headers['content-security-policy']))?.[1],
  );
  expect(new Set(nonces).size).toBe(3);
  for (const [at, { body }] of pages.entries()) expect(body).toContain(`nonce="${nonces[at]}"`);
});

describe('frames', () => {
  const nested = new Uint8Array(200_000).fill(117);
  for (let at = 1; at < nested.length; at += 2) nested[at] = 1;
  const hostile: [string, Uint8Array | string][] = [
    ['text', '[1,"library.list",{}]'],
    ['nothing', new Uint8Array()],
    ['an unknown type', new Uint8Array([3])],
    ['an array that claims to be long', new Uint8Array([117, 255, 255, 255, 255, 15])],
    ['bytes that claim to be long', new Uint8Array([117, 3, 125, 1, 119, 255, 255, 3])],
    ['deep nesting', nested],
    ['no array', any({ id: 1 })],
    ['an id of 0', any([0, 'library.list', {}])],
    ['an id that is a text', any(['1', 'library.list', {}])],
    ['a fraction as id', any([1.5, 'library.list', {}])],
    ['a name that is no text', any([1, 7, {}])],
    ['four parts', any([1, 'library.list', {}, 1])],
    ['bytes after the frame', new Uint8Array([...any([1, 'library.list', {}]), 0])],
  ];
  test.each(hostile)('%s closes the socket, and only that one', async (_, frame) => {
    const web = await open();
    const headers = { cookie: await web.enter(), origin: web.origin };
    const [bad, good] = [web.socket(headers), web.socket(headers)];
    await Promise.all([once(bad, 'open'), once(good, 'open')]);
    bad.send(frame);
    expect(await closeOf(bad)).toBe(faults['protocol-error'].close);
    expect(await answerTo(good, 1, 'library.list', {})).toEqual({ ok: true, result: [] });
    good.terminate();
  });

  test('a frame above the limit closes the socket before it is read', async () => {
    const web = await open();
    const socket = web.socket({ cookie: await web.enter(), origin: web.origin });
    await once(socket, 'open');
    socket.send(new Uint8Array(limits.ipcFrameBytes + 1));
    expect(await closeOf(socket)).toBe(1009);
  });

  test('well-formed frames with a wrong name or arguments get an answer, not an exception', async () => {
    const web = await open();
    const socket = web.socket({ cookie: await web.enter(), origin: web.origin });
    await once(socket, 'open');
    const wrong: [string, unknown][] = [
      ['no.such', {}],
      ['toString', {}],
      ['__proto__', {}],
      ['library.list', { q: 1 }],
      ['library.list', { q: 'a', more: 1 }],
      ['library.get', { id: 'x' }],
      ['library.get', null],
      ['authority.request', { operation: 'refresh', input: {} }],
      ['server.choose', { url: 'file:///etc/passwd' }],
    ];
    for (const [at, [name, args]] of wrong.entries()) {
      expect(await answerTo(socket, at + 1, name, args)).toMatchObject({ ok: false, code: 'bad-request' });
    }
    socket.terminate();
  });
});

test('why the app does not start is shown in the browser: the words as they are, for this address only', async () => {
  const problem = await serveProblem('The disk that holds <b>/music</b> & more is full.', systemRandom);
  onTestFinished(() => problem.close());
  expect((await fetch(`${problem.url}other`)).status).toBe(404);
  expect((await fetch(problem.url, { headers: { origin: 'https://evil.example' } })).status).toBe(404);
  const answer = await fetch(problem.url);
  await problem.shown;
  expect([answer.status, answer.headers.get('content-security-policy')]).toEqual([200, expect.stringContaining("default-src 'none'")]);
  expect(await answer.text()).toContain('The disk that holds &lt;b&gt;/music&lt;/b&gt; &amp; more is full.');
});
