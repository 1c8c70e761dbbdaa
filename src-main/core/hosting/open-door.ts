import { createServer, type Socket } from 'node:net';
import { limits } from '../../../shared/base/limits.ts';

/** A port that is open on one address, and on no other. */
export interface Door {
  /** Addresses with an open connection. */
  visitorCount(): number;
  /** Ends every connection that came through it. */
  close(): Promise<void>;
}

export interface DoorParts {
  address: string;
  port: number;
  accept: (socket: Socket) => void;
  /** A connection began or ended. */
  changed: () => void;
}

/** Rejects with the error of the system: EADDRINUSE, EADDRNOTAVAIL, EACCES. */
export function openDoor({ address, port, accept, changed }: DoorParts): Promise<Door> {
  const visitors = new Set<Socket>();
  const server = createServer((socket) => {
    visitors.add(socket);
    socket.once('close', () => {
      visitors.delete(socket);
      changed();
    });
    accept(socket);
    changed();
  });
  server.maxConnections = limits.hostedConnections;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: address, port, exclusive: true, ipv6Only: true }, () => {
      server.off('error', reject);
      resolve({
        visitorCount: () => new Set([...visitors].map(({ remoteAddress }) => remoteAddress)).size,
        close: () =>
          new Promise<void>((closed) => {
            server.close(() => closed());
            for (const socket of visitors) socket.destroy();
          }),
      });
    });
  });
}
