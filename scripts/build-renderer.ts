import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { stripVTControlCharacters } from 'node:util';
import { holdExclusively } from '../src-main/core/data-directory.ts';
import { StartProblem } from '../src-main/core/start-problem.ts';

/** Everything that the build reads, below the repository. */
const inputs = ['src-renderer', 'shared', 'assets', 'vite.renderer.config.ts', 'package-lock.json'];
/** A build takes some seconds; on a loaded machine, several apps that start together wait for one. */
const waitForOtherBuildMs = 180_000;

function newestChange(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return 0;
  // A folder's own time counts too: it changes when a file in it goes away.
  if (!found.isDirectory()) return found.mtimeMs;
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestChange(join(path, name))), found.mtimeMs);
}

function isFresh(root: string, output: string): boolean {
  const built = statSync(join(output, 'index.html'), { throwIfNoEntry: false });
  return built !== undefined && inputs.every((name) => newestChange(join(root, name)) <= built.mtimeMs);
}

async function buildInto(directory: string, root: string): Promise<void> {
  const { build } = await import('vite');
  // What somebody's shell or a test says it is would make another interface: React's own checks open and close each session twice.
  process.env['NODE_ENV'] = 'production';
  try {
    await build({ configFile: join(root, 'vite.renderer.config.ts'), logLevel: 'silent', build: { outDir: directory } });
  } catch (error) {
    throw new StartProblem(`The interface could not be built. ${stripVTControlCharacters((error as Error).message)}`);
  }
}

/**
 * Builds the interface into out/renderer when its sources are newer. Made beside it and put in place whole, one build at a
 * time, so that apps that start together never see half of one. Answers the directory.
 * @param say told before something that takes time
 */
export async function buildRenderer(root: string, say: (line: string) => void): Promise<string> {
  const output = join(root, 'out', 'renderer');
  if (isFresh(root, output)) return output;
  mkdirSync(join(root, 'out'), { recursive: true });
  const release = holdExclusively(join(root, 'out', 'build.lock'), waitForOtherBuildMs);
  if (release === null) throw new StartProblem('Another build of the interface does not come to an end.');
  try {
    if (isFresh(root, output)) return output;
    say('Building the interface…');
    const startedAt = new Date();
    const fresh = join(root, 'out', 'renderer-new');
    await buildInto(fresh, root);
    // As old as its beginning: what was edited meanwhile is built the next time.
    utimesSync(join(fresh, 'index.html'), startedAt, startedAt);
    const old = join(root, 'out', 'renderer-old');
    rmSync(old, { recursive: true, force: true });
    if (existsSync(output)) renameSync(output, old);
    renameSync(fresh, output);
    rmSync(old, { recursive: true, force: true });
    return output;
  } finally {
    release();
  }
}
