import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { RandomBytes } from '../../shared/base/ids.ts';
import { pageWithNonce, styleNoncePlace } from '../core/renderer/content-policy.ts';
import { isForThisServer } from './request-check.ts';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function page(message: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>ChordMe cannot start</title>
    <style nonce="${styleNoncePlace}">
      body { font: 18px/1.5 system-ui, sans-serif; max-width: 36em; margin: 20vh auto 0; padding: 0 24px; color: #292524; background: #fafaf9; overflow-wrap: anywhere; }
      @media (prefers-color-scheme: dark) { body { color: #e7e5e4; background: #1c1917; } }
    </style>
  </head>
  <body>
    <main>
      <h1>ChordMe cannot start</h1>
      <p>${message.replace(/[&<>]/g, (sign) => escapes[sign] ?? '')}</p>
    </main>
  </body>
</html>
`;
}

export interface ProblemPage {
  url: string;
  /** Resolves when a browser has it. */
  shown: Promise<void>;
  close(): Promise<void>;
}

/** Who starts the app from an icon sees no terminal: why it does not start is shown where the app would be. */
export async function serveProblem(message: string, random: RandomBytes): Promise<ProblemPage> {
  const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 30_000 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const shown = new Promise<void>((resolve) => {
    server.on('request', (request, response) => {
      const isWanted = isForThisServer(request, port, false) && request.method === 'GET' && request.url === '/';
      const { content, headers: policy } = pageWithNonce(page(message), random);
      const headers = { ...policy, 'cache-control': 'no-store', 'content-type': 'text/html; charset=utf-8', connection: 'close' };
      response.writeHead(isWanted ? 200 : 404, headers).end(isWanted ? content : '');
      if (isWanted) response.on('finish', resolve);
    });
  });
  return {
    url: `http://127.0.0.1:${port}/`,
    shown,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
