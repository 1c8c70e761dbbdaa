import { request, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { Core } from '../../src-main/core/create-core.ts';
import { systemRandom, systemTimers } from '../../src-main/core/system.ts';
import { serveLocalWeb, type LocalWeb } from '../../src-main/local-web/serve.ts';
import { createWebBridge, type BridgeSocket } from '../../src-renderer/bridge/web-bridge.ts';
import type { Bridge } from '../../shared/ipc/contract.ts';
import { rendererRoot } from './renderer-root.ts';

export interface WebAnswer {
  status: number;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface TestWeb extends LocalWeb {
  origin: string;
  /** The path goes out as it is written, which `fetch` would tidy up. */
  get(path: string, headers?: Record<string, string>, method?: string): Promise<WebAnswer>;
  /** Uses the link and answers the cookie. */
  enter(): Promise<string>;
  socket(headers: Record<string, string>, path?: string): WebSocket;
}

export async function openTestWeb(core: Core): Promise<TestWeb> {
  const web = await serveLocalWeb({ core, root: rendererRoot(), port: null, random: systemRandom, keepLink: () => undefined });
  onTestFinished(() => web.close());
  const origin = `http://127.0.0.1:${web.port}`;
  const get: TestWeb['get'] = async (path, headers = {}, method = 'GET') => {
    const sent = request({ agent: false, host: '127.0.0.1', port: web.port, path, headers, method });
    sent.end();
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    return { status: answer.statusCode ?? 0, headers: answer.headers, body: await text(answer) };
  };
  return {
    ...web,
    origin,
    get,
    enter: async () => {
      const { headers } = await get(web.url.slice(origin.length));
      return headers['set-cookie']?.[0]?.split(';', 1)[0] ?? '';
    },
    socket: (headers, path = '/ipc') => new WebSocket(`ws://127.0.0.1:${web.port}${path}`, { headers }),
  };
}

/** The window's half of the bridge as the browser runs it, over a socket that shows cookie and origin. */
export async function openWebBridge(web: TestWeb): Promise<Bridge> {
  const cookie = await web.enter();
  let isOver = false;
  let latest: WebSocket | undefined;
  const bridge = createWebBridge({
    // ws has the browser's interface; its own types only name it differently.
    connect: () => (latest = web.socket({ cookie, origin: web.origin })) as unknown as BridgeSocket,
    timers: { ...systemTimers, after: (ms, run) => (isOver ? () => {} : systemTimers.after(ms, run)) },
  });
  onTestFinished(() => {
    isOver = true;
    latest?.terminate();
  });
  return bridge;
}
