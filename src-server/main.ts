import { randomBytes } from 'node:crypto';
import pino from 'pino';
import { buildApp } from './app.ts';
import { configHelp, ConfigFault, readConfig } from './config.ts';
import { systemTimers } from './system-timers.ts';

/** Without the query, which holds what people search for: names of songs and of sessions. */
function loggedRequest(request: { method: string; url: string; ip?: string }) {
  return { method: request.method, path: request.url.split('?')[0], ip: request.ip };
}

async function main(argv: readonly string[]): Promise<void> {
  if (argv.includes('--help') || argv.includes('-h')) {
    console.log(configHelp());
    return;
  }
  if (argv.length > 0) throw new ConfigFault(`Not understood: ${argv.join(' ')}. See --help.`);

  const config = readConfig(process.env);
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

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = error instanceof ConfigFault ? 2 : 1;
}
