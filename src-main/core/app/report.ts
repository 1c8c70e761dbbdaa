import { arch, homedir, release, type } from 'node:os';
import type { AppState } from '../../../shared/ipc/contract.ts';
import { limits } from '../../../shared/base/limits.ts';

const addresses = /\b(?:https?|wss?):\/\/[^\s"'\\]+|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,200}|\b\d{1,3}(?:\.\d{1,3}){3}\b/g;

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
