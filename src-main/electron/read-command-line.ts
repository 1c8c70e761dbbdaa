import { isAbsolute, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isSongPath } from './read-song-files.ts';

export interface CommandLine {
  serverUrl: string | null;
  dataDir: string | null;
  /** Song files that the system opens with this app, absolute. */
  files: string[];
  /** `chordme://` links, not yet read. */
  links: string[];
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/**
 * What `npm start` and the system hand on. Electron adds switches of its own to the line, so unknown ones pass. Where a link is among
 * them there are no options: whoever writes a link could have written those as well.
 * @param args without the program, and without the directory of the sources
 * @param directory that relative paths are in
 */
export function readCommandLine(args: readonly string[], directory: string): CommandLine {
  const { values, positionals } = parseArgs({
    args: [...args],
    strict: false,
    allowPositionals: true,
    options: { server: { type: 'string' }, 'data-dir': { type: 'string' } },
  });
  const links = args.filter((each) => each.startsWith('chordme:'));
  if (links.length > 0) return { serverUrl: null, dataDir: null, files: [], links };
  return {
    serverUrl: text(values.server),
    dataDir: text(values['data-dir']),
    files: positionals.filter(isSongPath).map((path) => (isAbsolute(path) ? path : resolve(directory, path))),
    links: [],
  };
}
