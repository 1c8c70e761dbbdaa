import { arch, homedir, release, type } from 'node:os';
import type { AppState } from '../../../shared/ipc/contract.ts';
import { limits } from '../../../shared/base/limits.ts';

/** As they stand in messages of errors; the time of day, with its colons, is none. */
const addresses = new RegExp(
  [
    String.raw`\b(?:https?|wss?):\/\/[^\s"'\\]+`,
    String.raw`[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,200}`,
    String.raw`\b\d{1,3}(?:\.\d{1,3}){3}\b`,
    // IPv6, whole or with its zeros left out.
    String.raw`\b(?:[\da-f]{1,4}:){7}[\da-f]{1,4}\b`,
    String.raw`\b[\da-f]{1,4}(?::[\da-f]{1,4}){0,6}::[\da-f:]{0,40}`,
    String.raw`(?<=\b(?:ENOTFOUND|EAI_AGAIN) )[\w.-]{1,253}`,
    String.raw`(?<="hostname":")[^"]{1,253}`,
  ].join('|'),
  'gi',
);

/** Takes out of the log what says who this is: the name in the home folder, addresses of servers, people and computers. */
export function withoutNames(log: string, home: string): string {
  return log.replaceAll(home, '~').replaceAll(JSON.stringify(home).slice(1, -1), '~').replace(addresses, '(address)');
}

/**
 * What somebody who helps needs to know, to be pasted into a mail.
 * @param log the end of the log, newest last
 */
export function makeReport(state: AppState, log: string): string {
  const { node, electron, chrome } = process.versions;
  const server =
    state.server === null
      ? 'none'
      : `${state.server.is_embedded ? 'this computer' : 'another computer'}, ${state.server.is_reachable ? 'reachable' : 'not reachable'}`;
  const lines = [
    `ChordMe ${state.version} (${state.platform})`,
    `${type()} ${release()} ${arch()}`,
    `Node ${node}${electron === undefined ? '' : `, Electron ${electron}, Chromium ${chrome ?? ''}`}`,
    `Server: ${server}`,
    '',
    withoutNames(log, homedir()).slice(-limits.reportLogCharacters) || 'Nothing in the log.',
  ];
  return lines.join('\n');
}
