import { Fault } from '../../../shared/base/errors.ts';
import { uuidToBytes } from '../../../shared/base/ids.ts';
import { equalBytes } from '../../../shared/ledger/bytes.ts';
import { parseCheckpointBody } from '../../../shared/ledger/checkpoint-body.ts';
import { joinCheckpoint, parseCheckpointHead } from '../../../shared/ledger/checkpoint.ts';
import { parseEntry, type Entry } from '../../../shared/ledger/entry.ts';
import type { LedgerStore } from '../../../shared/ledger/ledger-store.ts';
import { parseHead, parseRecord } from '../../../shared/ledger/record.ts';
import type { CoreHandlers } from '../answer-call.ts';

type LedgerHandlers = Pick<CoreHandlers, Extract<keyof CoreHandlers, `ledger.${string}`>>;

/** About this much in one answer: some frames of a window's time, and far below what a frame may have. */
const readBytes = 4 * 1024 * 1024;
/** A record has at most 150 bytes or so. */
const readRecords = 20_000;

/** A window's entries are refused by name, not believed: what does not parse or belongs elsewhere never reaches the disk. */
function parseEntries(sessionId: string, entries: readonly Uint8Array[]): Entry[] {
  const session = uuidToBytes(sessionId);
  return entries.map((bytes) => {
    const entry = parseEntry(bytes);
    if (entry === null || !equalBytes(entry.sessionId, session)) throw new Fault('bad-request', 'Not an entry of this session.');
    return entry;
  });
}

/** The store's arrays are its own copies already; only the compiler does not know it. */
function unshared(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>;
}

function refuseRangeErrors<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof RangeError) throw new Fault('bad-request', error.message);
    throw error;
  }
}

/** The window's access to what is stored of sessions. Each write is on disk when it answers (R-LOC-2). */
export function createLedgerCalls(store: LedgerStore): LedgerHandlers {
  return {
    'ledger.read_statement': ({ session_id }) => ({ statement: store.readStatement(session_id) }),
    'ledger.put_statement': ({ session_id, statement }) => {
      store.putStatement(session_id, statement);
      return null;
    },
    'ledger.read_checkpoint': ({ session_id, device_id, at_most }) => {
      const firstVoid = at_most === undefined ? store.firstVoid(session_id, device_id) : at_most + 1;
      const found = firstVoid === null ? store.readCheckpoint(session_id) : store.readCheckpoint(session_id, firstVoid - 1);
      return { checkpoint: found === null ? null : { head: unshared(found.head), body: unshared(found.body) } };
    },
    'ledger.put_checkpoint': ({ session_id, head, body }) => {
      const checkpoint = joinCheckpoint(head, body);
      if (checkpoint === null) throw new Fault('bad-request', 'Not a checkpoint.');
      store.putCheckpoint(session_id, { n: checkpoint.head.n, head, body });
      return null;
    },
    'ledger.begin_generation': ({ session_id, head, body }) => {
      const checkpoint = joinCheckpoint(head, body);
      const parsed = checkpoint === null ? null : parseCheckpointBody(checkpoint.body);
      if (checkpoint === null || parsed === null) throw new Fault('bad-request', 'Not a checkpoint.');
      const before = parseCheckpointHead(store.readCheckpoint(session_id)?.head ?? new Uint8Array());
      if ((before?.generation ?? 0) < checkpoint.head.generation)
        store.beginGeneration(session_id, { n: checkpoint.head.n, head, body }, parsed.streams);
      return null;
    },
    'ledger.read_entries': ({ session_id, after, above_n }) => {
      const { entries, next } = store.readEntries(session_id, after, readBytes, above_n);
      return { entries: entries.map(unshared), next };
    },
    'ledger.read_records': ({ session_id, after }) => {
      const { records, heads, next } = store.readRecords(session_id, after, readRecords);
      return { records: records.map(unshared), heads: heads.map(unshared), next };
    },
    'ledger.append_entries': ({ session_id, is_own, entries }) => {
      const parsed = parseEntries(session_id, entries);
      refuseRangeErrors(() => store.appendEntries(session_id, parsed, is_own));
      return null;
    },
    'ledger.reform_entries': ({ session_id, entries }) => {
      store.reformEntries(session_id, parseEntries(session_id, entries));
      return null;
    },
    'ledger.append_records': ({ session_id, first_n, records, head }) => {
      const parsedHead = parseHead(head);
      const consecutive = records.every((bytes, at) => parseRecord(bytes)?.n === first_n + at);
      if (parsedHead === null || !consecutive) throw new Fault('bad-request', 'Not records of a ledger.');
      refuseRangeErrors(() => store.appendRecords(session_id, first_n, records, { n: parsedHead.n, bytes: head }));
      return null;
    },
  };
}
