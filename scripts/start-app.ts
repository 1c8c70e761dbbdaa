import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createCore } from '../src-main/core/create-core.ts';
import { startEmbeddedWith } from '../src-main/core/embedded-authority.ts';
import { multicastOn } from '../src-main/core/nearby/multicast.ts';
import { openLog } from '../src-main/core/log/open-log.ts';
import { DirectoryInUse } from '../src-main/core/data-directory.ts';
import { createLife } from '../src-main/core/life.ts';
import { StartProblem } from '../src-main/core/start-problem.ts';
import { systemClock, systemName, systemNetworks, systemRandom, systemTimers } from '../src-main/core/system.ts';
import { keptLink } from '../src-main/local-web/kept-link.ts';
import { serveProblem } from '../src-main/local-web/problem-page.ts';
import { serveLocalWeb } from '../src-main/local-web/serve.ts';
import { buildRenderer } from './build-renderer.ts';
import { openInBrowser } from './open-in-browser.ts';
import { runElectron } from './run-electron.ts';
import { stopAsked } from './stop-signals.ts';
import { readStartOptions, startHelp, type StartOptions } from './start-options.ts';

const root = join(import.meta.dirname, '..');
/** Everything but the ready line goes to standard error, so that programs can wait for that line. */
const say = (line: string): void => void process.stderr.write(`${line}\n`);

function versionOf(): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return version;
}

/** What may pass until a browser that was opened has asked for the page. */
const problemPageMs = 30_000;

async function showProblem(message: string): Promise<void> {
  const problem = await serveProblem(message, systemRandom);
  openInBrowser(process.platform, problem.url, say);
  const late = new AbortController();
  await Promise.race([problem.shown, stopAsked(process.env), setTimeout(problemPageMs, undefined, { signal: late.signal })]);
  late.abort();
  await problem.close();
}

/** The app that has the directory is opened once more, or, where nothing is to be opened, its link told. False when it has none. */
function openRunning({ dataDir, isOpening }: StartOptions, { message }: DirectoryInUse): boolean {
  const url = keptLink(dataDir).read();
  if (url === null) return false;
  if (isOpening) {
    say(`ChordMe is already open with the data directory ${dataDir}: here it is.`);
    openInBrowser(process.platform, url, say);
  } else {
    say(`${message}\nThis link opens it once more: ${url}`);
    process.exitCode = 1;
  }
  return true;
}

async function startWebOrTell(options: StartOptions): Promise<void> {
  try {
    await startWeb(options);
  } catch (error) {
    if (error instanceof DirectoryInUse && openRunning(options, error)) return;
    if (error instanceof StartProblem && options.isOpening) {
      say(error.message);
      process.exitCode = 1;
      await showProblem(error.message);
    } else throw error;
  }
}

async function startWeb(options: StartOptions): Promise<void> {
  const stopped = stopAsked(process.env);
  const life = createLife();
  try {
    const rendererRoot = await buildRenderer(root, say);
    const { logger, file: log } = openLog(options.dataDir);
    const system = { clock: systemClock, timers: systemTimers, random: systemRandom, logger, computerName: systemName() };
    const core = await createCore({
      ...system,
      dataDir: options.dataDir,
      version: versionOf(),
      platform: 'web',
      fetch: globalThis.fetch,
      log,
      networks: systemNetworks,
      multicast: multicastOn(),
      embedded: startEmbeddedWith({ ...system, serverLogger: logger }),
      ...(options.serverUrl !== null && { serverUrl: options.serverUrl }),
    });
    life.own(core, (open) => open.close());
    const link = keptLink(options.dataDir);
    // Of a start that was killed.
    link.keep(null);
    const keepLink = (url: string | null): void => link.keep(url);
    const web = await serveLocalWeb({ core, root: rendererRoot, port: options.port, random: systemRandom, keepLink });
    life.own(web, (open) => open.close());
    process.stdout.write(`ready ${web.url}\n`);
    if (options.isOpening) openInBrowser(process.platform, web.url, say);
    await stopped;
  } finally {
    await life.end();
  }
}

async function main(): Promise<void> {
  const options = readStartOptions(process.argv.slice(2), process.platform, process.env);
  if (options === null) process.stdout.write(startHelp);
  else if (!options.isWeb && existsSync(join(root, 'node_modules', 'electron', 'dist'))) {
    await buildRenderer(root, say);
    await runElectron(root, options);
  } else await startWebOrTell(options);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof StartProblem)) throw error;
  say(error.message);
  process.exitCode = 1;
}
