import { mkdirSync } from 'node:fs';
import type { Logger } from 'pino';
import type { Clock, Timers } from '../../shared/base/clock.ts';
import type { RandomBytes } from '../../shared/base/ids.ts';
import type { CoreLogger } from './core-logger.ts';
import { withKeptPort } from './listen-on-kept-port.ts';
import type { StartEmbedded } from './server-choice.ts';

export interface EmbeddedParts {
  clock: Clock;
  timers: Timers;
  random: RandomBytes;
  logger: CoreLogger;
  /** What goes wrong in the server is in the app's log; silent when absent. */
  serverLogger?: Logger;
  /** How others see this server. */
  computerName: string;
}

/**
 * The authority inside this app: the server as it is, in this process. It listens on loopback; who comes from elsewhere came
 * through a door of `hosting`. Its code is loaded when it is started.
 */
export function startEmbeddedWith({ clock, timers, random, logger, serverLogger, computerName }: EmbeddedParts): StartEmbedded {
  return async ({ dataDir, port: wanted, host }) => {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const { buildApp } = await import('../../src-server/app.ts');
    return withKeptPort({ wanted, random, option: '--server URL (another server)' }, async (port) => {
      const app = await buildApp(
        {
          host: '127.0.0.1',
          port,
          data_dir: dataDir,
          name: computerName,
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
          // In the cellar there is no other server: whoever hosts passes on for everybody's. R-MSH-5.
          relay: true,
          log_level: 'warn',
        },
        { clock, timers, random, ...(serverLogger !== undefined && { logger: serverLogger }) },
        host,
      );
      try {
        await app.listen();
      } catch (error) {
        await app.close();
        throw error;
      }
      logger.info({ port }, 'the embedded authority listens');
      return {
        url: `http://127.0.0.1:${port}`,
        port,
        keyThumbprint: app.keyThumbprint,
        accept: (socket) => app.accept(socket),
        people: () => app.people(),
        close: () => app.close(),
      };
    });
  };
}
