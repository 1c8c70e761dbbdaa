import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { appDataDirectory } from '../src-main/core/app-data-directory.ts';
import { StartProblem } from '../src-main/core/start-problem.ts';

export interface StartOptions {
  /** Null: the choice of last time, else the authority inside this app. */
  serverUrl: string | null;
  dataDir: string;
  port: number | null;
  isOpening: boolean;
  /** The browser even where Electron's runtime is installed. */
  isWeb: boolean;
}

export const startHelp = `Starts ChordMe, from the sources.

Usage: npm start [-- options]

  --server URL    work with this authority server for this run (default: the one chosen in
                  the settings, else one inside the app, on this computer only)
  --data-dir DIR  where songs, sessions and settings are kept (default: the platform's folder
                  for the data of programs); one running app a folder
  --port N        port of the page on 127.0.0.1; it is kept for the folder, since the browser
                  ties this device's key to it (default: the one of last time)
  --no-open       print the link and open nothing
  --web           open the browser even where Electron is installed
  --help          this text

Prints one line when it is ready: ready http://127.0.0.1:PORT/?token=…
The link opens once; the browser is remembered until the app is stopped with Ctrl+C.
`;

const port = z.coerce.number().int().min(1).max(65_535);
const url = z.url({ protocol: /^https?$/ }).max(500);

function read<T extends z.ZodType>(schema: T, name: string, value: string | undefined): z.output<T> | null {
  if (value === undefined) return null;
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new StartProblem(`--${name} ${value}: ${parsed.error.issues[0]?.message ?? 'not accepted'}`);
  return parsed.data;
}

/** Reads the command line; null when help is asked for. Throws StartProblem for what it does not know. */
export function readStartOptions(
  args: readonly string[],
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
): StartOptions | null {
  const given = parse(args);
  if (given.help === true) return null;
  return {
    serverUrl: read(url, 'server', given.server),
    dataDir: resolve(given['data-dir'] ?? appDataDirectory(platform, environment)),
    port: read(port, 'port', given.port),
    isOpening: given['no-open'] !== true,
    isWeb: given.web === true || given['no-open'] === true,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: false,
      options: {
        server: { type: 'string' },
        'data-dir': { type: 'string' },
        port: { type: 'string' },
        'no-open': { type: 'boolean' },
        web: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new StartProblem(`${(error as Error).message}\nnpm start -- --help lists the options.`);
  }
}
