import type { Server } from 'node:net';
import type { RandomBytes } from '../../shared/base/ids.ts';
import { StartProblem } from './start-problem.ts';

/** Below the ports that systems give to outgoing connections, so that a kept port is free again at the next start. */
const firstPort = 20_000;
const portCount = 10_000;
const attempts = 20;

function isTaken(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EADDRINUSE' || code === 'EACCES';
}

/** One of the ports that are kept per data directory, by chance. */
export function pickPort(random: RandomBytes): number {
  const [high = 0, low = 0] = random(2);
  return firstPort + ((high * 256 + low) % portCount);
}

/**
 * Calls `listen` with the port of last time, or with new ones until one is free.
 * Throws StartProblem when the wanted one is taken: another port would be another origin, without the device's key.
 */
export async function withKeptPort<T>(
  { wanted, random, option }: { wanted: number | null; random: RandomBytes; option: string },
  listen: (port: number) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await listen(wanted ?? pickPort(random));
    } catch (error) {
      if (!isTaken(error)) throw error;
      if (wanted !== null) {
        throw new StartProblem(
          `Port ${wanted}, which ChordMe uses here, is taken by another program. Close that one, or give another with ${option}.`,
        );
      }
      if (attempt === attempts) throw new StartProblem('No free port was found on this computer.');
    }
  }
}

/** The same for a server of Node's, on loopback only. Answers the port. */
export function listenOnKeptPort(server: Server, choice: { wanted: number | null; random: RandomBytes; option: string }): Promise<number> {
  return withKeptPort(
    choice,
    (port) =>
      new Promise<number>((resolve, reject) => {
        server.once('error', reject);
        server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
          server.off('error', reject);
          resolve(port);
        });
      }),
  );
}
