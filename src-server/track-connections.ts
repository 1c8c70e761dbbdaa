import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** All connections of a server, upgraded ones too, which `closeAllConnections` does not know. */
export function trackConnections(server: Server): { destroyAll(): void } {
  const open = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => void open.delete(socket));
  });
  return {
    destroyAll() {
      for (const socket of open) socket.destroy();
    },
  };
}
