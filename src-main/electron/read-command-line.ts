import { parseArgs } from 'node:util';

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** What `npm start` hands on. Electron adds switches of its own to the line, so unknown ones pass. */
export function readCommandLine(args: readonly string[]): { serverUrl: string | null; dataDir: string | null } {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    options: { server: { type: 'string' }, 'data-dir': { type: 'string' } },
  });
  return { serverUrl: text(values.server), dataDir: text(values['data-dir']) };
}
