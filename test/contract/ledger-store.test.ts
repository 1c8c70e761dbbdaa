import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { entryKinds, parseEntry, withoutPayload, type Entry, type EntryKind } from '../../shared/ledger/entry.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import { createMemoryLedgerStore } from '../../shared/ledger/memory-ledger-store.ts';
import { encodeRecord, verdicts, type Verdict } from '../../shared/ledger/record.ts';
import { createSqlLedgerStore, ledgerCheckpointsSql, ledgerTablesSql } from '../../shared/ledger/sql-ledger-store.ts';
import { makeEntries } from '../support/entries.ts';

const sessionId = '0198f000-0000-7000-8000-000000000001';

function openSql(): LedgerStore {
  const db = new Database(':memory:');
  db.exec(ledgerTablesSql);
  db.exec(ledgerCheckpointsSql);
  onTestFinished(() => void db.close());
  return createSqlLedgerStore(db);
}

function recordOf({ stream, seq, hash }: Entry, n: number, verdict: Verdict = verdicts.ok): Uint8Array {
  return encodeRecord({ n, verdict, stream, seq, hash, receivedAt: n, skeletonSha256: null });
}

const checkpointAt = (n: number) => ({ n, head: Uint8Array.of(n), body: new Uint8Array(1_000).fill(n) });
const headAt = (n: number) => ({ n, bytes: Uint8Array.of(n) });
const isA = (kind: EntryKind) => (bytes: Uint8Array) => bytes[1] === kind;

for (const [name, open] of [
  ['sqlite', openSql],
  ['memory', createMemoryLedgerStore],
] as const) {
  describe(name, () => {
    test('[R-AUT-3] what a checkpoint stands for is left out of the tail; what people said never is', async () => {
      const store = open();
      const texts = await makeEntries(sessionId, 4, entryKinds.songUpdate);
      const words = await makeEntries(sessionId, 2, entryKinds.chat);
      const [first, second, third] = texts;
      const [word] = words;
      if (first === undefined || second === undefined || third === undefined || word === undefined) throw new Error('no entries');
      store.appendEntries(sessionId, [...texts, ...words], false);
      const records = [recordOf(first, 1), recordOf(word, 2), recordOf(second, 3), recordOf(third, 4)];
      store.appendRecords(sessionId, 1, records, headAt(4));
      store.putCheckpoint(sessionId, checkpointAt(3));
      const tail = store.readEntries(sessionId, 0, Number.MAX_SAFE_INTEGER, 3).entries;
      expect(tail.filter(isA(entryKinds.songUpdate))).toEqual(texts.slice(2).map(({ bytes }) => bytes));
      expect(tail.filter(isA(entryKinds.chat))).toEqual(words.map(({ bytes }) => bytes));
      expect(store.readEntries(sessionId, 0, Number.MAX_SAFE_INTEGER).entries).toHaveLength(6);
    });

    test('[R-ENT-6] an entry whose words were deleted is kept without them, and whole again when it is brought back', async () => {
      const store = open();
      const words = await makeEntries(sessionId, 2, entryKinds.chat);
      const [first] = words;
      if (first === undefined) throw new Error('no entry');
      store.appendEntries(sessionId, words, true);
      const read = () => store.readEntries(sessionId, 0, Number.MAX_SAFE_INTEGER).entries.map((bytes) => parseEntry(bytes)?.form);
      store.reformEntries(sessionId, [withoutPayload(first)]);
      expect(read()).toEqual(['bare', 'whole']);
      // Somebody still sends it whole: what is gone stays gone.
      store.appendEntries(sessionId, words, false);
      expect(read()).toEqual(['bare', 'whole']);
      store.reformEntries(sessionId, [first]);
      expect(read()).toEqual(['whole', 'whole']);
    });

    test('[R-AUT-5] where a generation begins, all entries stay, and records go on behind its checkpoint', async () => {
      const store = open();
      const texts = await makeEntries(sessionId, 3, entryKinds.songUpdate);
      const [first, second, third] = texts;
      if (first === undefined || second === undefined || third === undefined) throw new Error('no entries');
      store.appendEntries(sessionId, texts, true);
      store.appendRecords(sessionId, 1, [recordOf(first, 1), recordOf(second, 2, verdicts.void), recordOf(third, 3)], headAt(3));
      store.putCheckpoint(sessionId, checkpointAt(3));
      store.beginGeneration(sessionId, checkpointAt(1), [{ stream: first.stream, seq: 1 }]);
      expect(store.readCheckpoint(sessionId)?.n).toBe(1);
      expect(store.readRecords(sessionId, 0, 100)).toEqual({ records: [], heads: [], next: null });
      expect(store.readEntries(sessionId, 0, Number.MAX_SAFE_INTEGER).entries).toHaveLength(3);
      // What the checkpoint stands for is left out; the others are pending again.
      expect(store.readEntries(sessionId, 0, Number.MAX_SAFE_INTEGER, 1).entries).toEqual([second.bytes, third.bytes]);
      expect(store.firstVoid(sessionId, first.device)).toBeNull();
      store.appendRecords(sessionId, 2, [recordOf(third, 2)], headAt(2));
      expect(store.readEntries(sessionId, 0, Number.MAX_SAFE_INTEGER, 2).entries).toEqual([second.bytes]);
    });

    test('[R-AUT-3] records go on from a checkpoint that is ahead, and from nowhere else', async () => {
      const store = open();
      const [entry] = await makeEntries(sessionId, 1, entryKinds.songUpdate);
      if (entry === undefined) throw new Error('no entry');
      store.putCheckpoint(sessionId, checkpointAt(9));
      expect(() => store.appendRecords(sessionId, 1, [recordOf(entry, 1)], headAt(1))).toThrow(RangeError);
      expect(() => store.appendRecords(sessionId, 11, [recordOf(entry, 11)], headAt(11))).toThrow(RangeError);
      store.appendRecords(sessionId, 10, [recordOf(entry, 10)], headAt(10));
      expect(store.readRecords(sessionId, 9, 100)).toEqual({ records: [recordOf(entry, 10)], heads: [Uint8Array.of(10)], next: null });
    });

    test('[R-LOC-3] the newest checkpoint before a draft begins is found', async () => {
      const store = open();
      const [first, second] = await makeEntries(sessionId, 2, entryKinds.songUpdate);
      if (first === undefined || second === undefined) throw new Error('no entries');
      store.appendEntries(sessionId, [first, second], true);
      store.appendRecords(sessionId, 1, [recordOf(first, 1), recordOf(second, 2, verdicts.void)], headAt(2));
      expect(store.firstVoid(sessionId, first.device)).toBe(2);
      expect(store.firstVoid(sessionId, 'ff'.repeat(16))).toBeNull();
      for (const n of [1, 3, 4, 5, 6, 7]) store.putCheckpoint(sessionId, checkpointAt(n));
      expect(store.readCheckpoint(sessionId)).toEqual(checkpointAt(7));
      expect(store.readCheckpoint(sessionId, 1)).toEqual(checkpointAt(1));
      expect(store.readCheckpoint(sessionId, 4)).toEqual(checkpointAt(1));
      expect(store.readCheckpoint(sessionId, 6)).toEqual(checkpointAt(6));
      store.dropSession(sessionId);
      expect(store.readCheckpoint(sessionId)).toBeNull();
    });
  });
}
