import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { limits } from '../../shared/base/limits.ts';
import type { RandomBytes } from '../../shared/base/ids.ts';
import type { Core } from '../core/create-core.ts';
import { listenOnKeptPort } from '../core/listen-on-kept-port.ts';
import { answerPage } from './answer-page.ts';
import { createDoor } from './door.ts';
import { serveIpcSocket } from './ipc-socket.ts';
import { isForThisServer } from './request-check.ts';

export interface LocalWebParts {
  core: Core;
  /** Directory of the built renderer. */
  root: string;
  /** Asked for by the person; else the one of last time. */
  port: number | null;
  random: RandomBytes;
  /** Told a link that opens the app once more, another when it was used, and null at the end. */
  keepLink: (url: string | null) => void;
}

export interface LocalWeb {
  /** The link that opens the app, once. */
  url: string;
  port: number;
  /** Ends every window's socket; the windows connect again. */
  dropSockets(): void;
  close(): Promise<void>;
}

function refuseUpgrade(socket: Duplex): void {
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}

/** The shell for a browser on this computer: serves the renderer on loopback and carries the contract over a WebSocket. */
export async function serveLocalWeb({ core, root, port: wanted, random, keepLink }: LocalWebParts): Promise<LocalWeb> {
  const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 30_000 });
  const port = await listenOnKeptPort(server, { wanted: wanted ?? core.settings.get('web_port'), random, option: '--port' });
  core.settings.set('web_port', port);
  const linkOf = (token: string): string => `http://127.0.0.1:${port}/?token=${token}`;
  const door = createDoor(random, port, (token) => keepLink(linkOf(token)));
  const sockets = new WebSocketServer({ noServer: true, maxPayload: limits.ipcFrameBytes, perMessageDeflate: false });

  server.on('request', (request, response) => {
    answerPage(request, response, { door, port, root, random }).catch(() => response.destroy());
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const isAllowed = request.url === '/ipc' && isForThisServer(request, port, true) && door.hasCookie(request.headers.cookie);
    if (!isAllowed) return refuseUpgrade(socket);
    sockets.handleUpgrade(request, socket, head, (accepted) => serveIpcSocket(accepted, core));
  });

  const dropSockets = (): void => {
    for (const socket of sockets.clients) socket.terminate();
  };
  return {
    url: linkOf(door.token),
    port,
    dropSockets,
    close: async () => {
      keepLink(null);
      dropSockets();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
