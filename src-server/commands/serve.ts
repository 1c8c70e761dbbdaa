import { randomBytes } from 'node:crypto';
import pino from 'pino';
import { buildApp } from '../app.ts';
import { readConfig } from '../config.ts';
import { systemTimers } from '../system-timers.ts';

/** Without the query, which holds what people search for: names of songs and of sessions. */
function loggedRequest(request: { method: string; url: string; ip?: string }) {
  return { method: request.method, path: request.url.split('?')[0], ip: request.ip };
}

/** Listens until SIGTERM or SIGINT. Throws ConfigFault for settings that are not understood. */
export async function serve(environment: Readonly<Record<string, string | undefined>>): Promise<void> {
  const config = readConfig(environment);
  // Standard output has the one line that scripts wait for.
  const logger = pino({ level: config.log_level, serializers: { req: loggedRequest } }, pino.destination(2));
  const app = await buildApp(config, {
    clock: { now: () => Date.now() },
    timers: systemTimers,
    random: (length) => new Uint8Array(randomBytes(length)),
    logger,
  });

  let isStopping = false;
  const stop = () => {
    // Asked twice, somebody is in a hurry; the database bears it.
    if (isStopping) process.exit(1);
    isStopping = true;
    app.close().catch((error: unknown) => {
      logger.fatal({ err: error }, 'stopping');
      process.exitCode = 1;
    });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);

  try {
    console.log(`ready ${await app.listen()}`);
  } catch (error) {
    await app.close();
    throw error;
  }
}
