import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import packageJson from '../../package.json' with { type: 'json' };

const root = join(import.meta.dirname, '..', '..');

function commandLine(): string[] {
  const [program, ...args] = packageJson.scripts.server.split(' ');
  if (program !== 'node') throw new Error('npm run server no longer starts node');
  return args;
}

/** `npm run server -- …`, without npm in between; answers when it has ended. */
export async function runServerCommand(args: readonly string[], environment: Record<string, string>) {
  const child = spawn(process.execPath, [...commandLine(), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) child[name].on('data', (part: Buffer) => (said[name] += part.toString('utf8')));
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, ...said };
}

export interface ServerProcess {
  url: string;
  pid: number;
  /** What it logged so far, a line each. */
  log: readonly string[];
  /** SIGTERM; answers its exit code when it has ended. */
  stop(): Promise<number | null>;
  /** SIGKILL: it ends in the middle of whatever it does. The machine lives on. */
  kill(): Promise<void>;
}

/** The authority in a process of its own, exactly as `npm run server` starts it, without npm in between. */
export async function startServerProcess(
  environment: Record<string, string>,
  /** A program that starts it, with its arguments. */
  before: readonly string[] = [],
): Promise<ServerProcess> {
  const [program = process.execPath, ...args] = [...before, process.execPath, ...commandLine()];
  const child = spawn(program, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  const said: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => void said.push(line));
  const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([once(lines, 'line'), ended]);
  const url = /^ready (\S+)$/.exec(String(first[0]))?.[1];
  if (url === undefined || child.pid === undefined) throw new Error(`It was not ready: ${String(first[0])} ${said.join('\n')}`);
  return {
    url,
    pid: child.pid,
    log: said,
    stop: async () => {
      child.kill('SIGTERM');
      return (await ended)[0];
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
