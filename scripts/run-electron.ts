import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { StartProblem } from '../src-main/core/start-problem.ts';
import type { StartOptions } from './start-options.ts';

/** Runs a program to its end with this one's output; answers its exit code. */
async function run(command: string, args: readonly string[], root: string): Promise<number> {
  const child = spawn(command, [...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  const stop = (): void => void child.kill('SIGTERM');
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const [code] = (await once(child, 'exit')) as [number | null];
  process.off('SIGINT', stop);
  process.off('SIGTERM', stop);
  return code ?? 0;
}

/** Builds the shell and runs it in Electron's own runtime until it is closed. */
export async function runElectron(root: string, { serverUrl, dataDir }: StartOptions): Promise<void> {
  const bin = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  if ((await run(process.execPath, [bin, 'build', '--logLevel', 'error'], root)) !== 0) {
    throw new StartProblem('The Electron shell could not be built; npm start -- --web opens the browser instead.');
  }
  // In Node, this module is the path of the runtime's program.
  const program: unknown = createRequire(import.meta.url)('electron');
  if (typeof program !== 'string')
    throw new StartProblem("Electron's runtime is not complete; npm start -- --web opens the browser instead.");
  const server = serverUrl === null ? [] : ['--server', serverUrl];
  process.exitCode = await run(program, [root, '--data-dir', dataDir, ...server], root);
}
