import websocket, { type WebsocketPluginOptions } from '@fastify/websocket';
import type { FastifyInstance } from 'fastify';
import type { WebSocket } from 'ws';
import { faults, type FaultCode } from '../../shared/base/errors.ts';
import { limits } from '../../shared/base/limits.ts';

/** How long a socket has to answer the closing frame. */
const farewellMs = 1_000;

/** Ends a socket with a row of the fault table: its close code, and its name as the reason. */
export function closeSocket(socket: WebSocket, code: FaultCode): void {
  socket.close(faults[code].close, code);
}

/** @types/ws does not know `closeTimeout` yet. */
const options: NonNullable<WebsocketPluginOptions['options']> & { closeTimeout: number } = {
  // The biggest frame anybody sends is of signaling; the ledger cuts its messages into chunks of 16 KiB.
  maxPayload: Math.max(limits.signalingFrameBytes, 2 * limits.chunkBytes),
  // Compression would let 64 KiB unfold to 64 MiB.
  perMessageDeflate: false,
  // Who was told that it is over and does not go is put out.
  closeTimeout: farewellMs,
};

/** WebSockets beside the routes: frames bounded before memory is used, and no frame or socket harms the server. */
export async function registerSockets(app: FastifyInstance): Promise<void> {
  await app.register(websocket, {
    options,
    errorHandler(error, socket, request) {
      // Refused frames come by here after ws has sent the close code; an open socket is our own mistake.
      if (socket.readyState !== socket.OPEN) {
        // ws would read the rest of the 100 MB to throw it away; it goes on reading in the tick that this one follows.
        process.nextTick(() => socket.pause());
        return;
      }
      request.log.error({ err: error }, 'socket handler');
      closeSocket(socket, 'internal');
    },
    preClose(this: FastifyInstance, done: () => void) {
      // One that came now would be answered 503 on a connection that nobody ends.
      this.server.removeAllListeners('upgrade');
      for (const socket of this.websocketServer.clients) closeSocket(socket, 'going-away');
      this.websocketServer.close(() => done());
    },
  });
}
