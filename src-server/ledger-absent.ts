import { Fault } from '../shared/base/errors.ts';
import type { LedgerParts, ServerLedger } from './ledger-parts.ts';

/** A server that gives out roles but keeps no ledger: a session with a song is refused, everything else works. */
export function openServerLedger(_parts: LedgerParts): ServerLedger {
  const nobody: ReadonlySet<string> = new Set();
  return {
    statementChanged: () => {},
    createSong: () => Promise.reject(new Fault('unavailable', 'This server keeps no songs.')),
    setlistHead: () => Promise.resolve(null),
    presentUsers: () => nobody,
    closeDevice: () => {},
    close: () => Promise.resolve(),
    register: () => {},
  };
}
