import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '..', '..');

export interface RunningApp {
  /** The link that opens the app in one browser, once. */
  url: string;
  pid: number;
  /** Everything it said on standard output. */
  output: readonly string[];
  /** As Ctrl+C does it; answers when the process has ended. Throws when it ended with an error. */
  stop(): Promise<void>;
  /** SIGKILL: it ends in the middle of whatever it does. */
  kill(): Promise<void>;
}

/** Runs a program of the repository until it prints `ready URL`. */
export async function startProgram(script: string, args: readonly string[], environment: Record<string, string> = {}): Promise<RunningApp> {
  const child = spawn(process.execPath, [join(root, script), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  const said: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => void said.push(line));
  const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
  const output: string[] = [];
  const url = await readyUrl(child, ended, { said, output });
  return {
    url,
    pid: child.pid ?? 0,
    output,
    stop: async () => {
      child.kill('SIGTERM');
      const [code] = await ended;
      if (code !== 0) throw new Error(`${script} ended with ${code ?? 'a signal'}: ${said.join('\n')}`);
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function readyUrl(
  child: ChildProcess,
  ended: Promise<unknown>,
  { said, output }: { said: readonly string[]; output: string[] },
): Promise<string> {
  if (child.stdout === null) throw new Error('no output to read');
  const ready = new Promise<string>((resolve) => {
    createInterface({ input: child.stdout as NonNullable<typeof child.stdout> }).on('line', (line) => {
      output.push(line);
      const match = /^ready (\S+)$/.exec(line);
      if (match?.[1] !== undefined) resolve(match[1]);
    });
  });
  const url = await Promise.race([ready, ended]);
  if (typeof url !== 'string') throw new Error(`It ended before it was ready: ${said.join('\n')}`);
  return url;
}

/** The real app, as `npm start -- --no-open` runs it. Without `serverUrl` it has its own authority. */
export function startApp({ serverUrl, dataDir, port }: { serverUrl?: string; dataDir: string; port?: number }): Promise<RunningApp> {
  const server = serverUrl === undefined ? [] : ['--server', serverUrl];
  const at = port === undefined ? [] : ['--port', String(port)];
  return startProgram('scripts/start.ts', ['--no-open', '--data-dir', dataDir, ...server, ...at]);
}
