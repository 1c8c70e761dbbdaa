import { readSongHead } from '../../shared/music/read-song-head.ts';
import { createSqlLedgerStore } from '../../shared/ledger/sql-ledger-store.ts';
import type { LedgerParts, ServerLedger } from '../ledger-parts.ts';
import { createLedgerArchive } from './ledger-archive.ts';
import { LedgerHub } from './ledger-hub.ts';
import { registerLedgerSocket } from './ledger-socket.ts';
import { createRecordedLedger } from './recorded-ledger.ts';
import { createSessionContent } from './session-content.ts';

/** The authority's ledger: all live sessions, and the socket that leads to them. */
export function openServerLedger(parts: LedgerParts): ServerLedger {
  const { deps, log, db, keys, statements, activity, auth, unproved } = parts;
  const store = createSqlLedgerStore(db.raw);
  const hub = new LedgerHub({
    store,
    recording: parts.recording,
    keys,
    clock: deps.clock,
    timers: deps.timers,
    random: deps.random,
    readStatementClaims: (sessionId) => statements.readStatementClaims(sessionId),
    readSongHead,
    onActivity: (sessionId, userId) => activity.noteActivity(sessionId, userId),
    onSongHead: (sessionId, head) => activity.noteSongHead(sessionId, head),
    onWritten: (sessionId, written) => activity.noteWritten(sessionId, written),
    onPresence: (sessionId, users) => activity.notePresence(sessionId, users),
    onWake: (sessionId, userId) => parts.wake(sessionId, userId),
    archive: createLedgerArchive(db.raw),
    transact: (work) => db.transact(work),
    marks: parts.marks,
    numberAbove: (sessionId, shown) => parts.numberAbove(sessionId, shown),
    onConflict: (sessionId, { generation, n }) =>
      log.error({ session_id: sessionId, generation, n }, 'an app has another history of this session: see raise-generation in --help'),
    onRejected: (sessionId, deviceId, why) =>
      log.warn(
        { session_id: sessionId, device_id: deviceId, why },
        'what an app sent was damaged, forged or not allowed: it was not taken',
      ),
    onFailure: (sessionId, error) => log.error({ err: error, session_id: sessionId }, 'ledger'),
  });
  return {
    content: createSessionContent((sessionId) => hub.room(sessionId)),
    recorded: createRecordedLedger(db.raw, store, (sessionId) => hub.room(sessionId)),
    archive: hub.archive,
    statementChanged: (sessionId) => hub.statementChanged(sessionId),
    wordsOf: (sessionId, userId) => hub.wordsOf(sessionId, userId),
    takeBackWords: (sessionId, userId) => hub.takeBackWords(sessionId, userId),
    presentUsers: (sessionId) => hub.presentUsers(sessionId),
    closeDevice: (deviceId) => hub.closeDevice(deviceId),
    linkCount: () => hub.linkCount,
    close: () => hub.close(),
    register: (app) =>
      registerLedgerSocket(app, {
        hub,
        auth,
        unproved,
        thumbprint: keys.thumbprintBytes,
        clock: deps.clock,
        timers: deps.timers,
        mayHear: (sessionId, userId) => parts.mayHear(sessionId, userId),
        noteDeviceSeen: (deviceId) => parts.noteDeviceSeen(deviceId),
        log,
      }),
  };
}
