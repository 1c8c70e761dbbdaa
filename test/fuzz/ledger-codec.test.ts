import * as fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { limits } from '../../shared/base/limits.ts';
import { equalBytes, type Bytes } from '../../shared/ledger/bytes.ts';
import { ChunkReader, toChunks } from '../../shared/ledger/chunks.ts';
import { parseEntry, type Entry } from '../../shared/ledger/entry.ts';
import { encodeMessage, parseMessage, type Message } from '../../shared/ledger/messages.ts';
import { encodeHead, encodeRecord, parseHead, parseRecord, verdicts } from '../../shared/ledger/record.ts';
import { decodeUpdate, encodeUpdate, skeletonOf } from '../../shared/ledger/update.ts';
import { readAwareness } from '../../shared/ledger/awareness-frame.ts';
import { makeEntries } from '../support/entries.ts';

const runs = { numRuns: 5_000 };
const sessionId = '0198f000-0000-7000-8000-000000000001';
const root = 's:0198f000-0000-7000-8000-0000000000aa';
const client = 7_000_000_000_000;

let entries: Entry[] = [];
let updates: Bytes[] = [];
let messages: Bytes[] = [];
let records: Bytes[] = [];
let heads: Bytes[] = [];

function genuineUpdates(): Bytes[] {
  const doc = new Y.Doc();
  doc.clientID = client;
  const made: Bytes[] = [];
  doc.on('update', (update: Uint8Array) => void made.push(new Uint8Array(update)));
  const text = doc.getText(root);
  text.insert(0, 'Stille Nacht 🎄 ');
  text.insert(3, 'ß');
  text.delete(2, 4);
  doc.transact(() => {
    text.insert(5, 'heilige ');
    text.insert(1, 'Nacht');
    text.delete(0, 1);
  });
  text.delete(0, text.length);
  return made;
}

beforeAll(async () => {
  entries = await makeEntries(sessionId, 4);
  updates = genuineUpdates();
  const stream = entries[0]?.stream ?? '';
  const hash = entries[0]?.hash ?? '';
  records = [verdicts.ok, verdicts.void, verdicts.close].map((verdict, at) =>
    encodeRecord({
      n: at + 127,
      verdict,
      stream,
      seq: 300,
      hash,
      receivedAt: 1_700_000_000_000,
      skeletonSha256: verdict === verdicts.void ? hash : null,
    }),
  );
  heads = [encodeHead({ generation: 1, n: 129, chain: new Uint8Array(32).fill(9), signature: new Uint8Array(64).fill(8) })];
  const all: Message[] = [
    {
      type: 'hello',
      version: 1,
      sessionId: new Uint8Array(16),
      publicKey: new Uint8Array(32),
      windowId: new Uint8Array(8),
      awarenessClient: 2 ** 32 - 1,
      nonce: new Uint8Array(32),
    },
    { type: 'proof', signature: new Uint8Array(64) },
    { type: 'statement', jws: 'eyJ.eyJ.sig' },
    {
      type: 'heads',
      generation: 1,
      n: 300,
      chain: new Uint8Array(32),
      base: 0,
      checkpoint: 0,
      pending: [
        { stream, seq: 1, hash },
        { stream, seq: 200, hash },
      ],
    },
    { type: 'want-statement' },
    { type: 'entries', entries: entries.map(({ bytes }) => bytes) },
    { type: 'records', firstN: 127, records, head: heads[0] ?? new Uint8Array() },
    { type: 'peers', windows: ['0102030405060708', 'ff02030405060708'] },
    { type: 'awareness', device: '00'.repeat(16), update: new Uint8Array([1, 2, 3]) },
    { type: 'ping', id: 128, sentAt: 1_700_000_000_000 },
    { type: 'pong', id: 128, sentAt: 1_700_000_000_000, receivedAt: 1_700_000_000_001 },
  ];
  messages = all.map(encodeMessage);
});

/** Random bytes, or a genuine thing with bits turned, bytes put in or taken out, cut short or followed by something. */
const damaged = (genuine: () => readonly Bytes[]): fc.Arbitrary<Bytes> =>
  fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((bytes) => new Uint8Array(bytes)),
    fc
      .record({
        which: fc.nat(),
        cuts: fc.array(fc.record({ at: fc.nat(), remove: fc.nat(4), insert: fc.uint8Array({ maxLength: 4 }) }), { maxLength: 3 }),
        turns: fc.array(fc.nat(), { maxLength: 3 }),
        end: fc.option(fc.nat()),
      })
      .map(({ which, cuts, turns, end }) => {
        const whole = genuine();
        let bytes = [...(whole[which % whole.length] ?? [])];
        for (const { at, remove, insert } of cuts) bytes.splice(at % (bytes.length + 1), remove, ...insert);
        for (const turn of turns) {
          const place = (turn >> 3) % Math.max(1, bytes.length);
          bytes[place] = (bytes[place] ?? 0) ^ (1 << (turn & 7));
        }
        if (end !== null) bytes = bytes.slice(0, end % (bytes.length + 1));
        return Uint8Array.from(bytes);
      }),
  );

test('[R-LNK-1] a message that is accepted re-encodes to the same bytes; none makes the parser throw', () => {
  for (const bytes of messages) expect(equalBytes(encodeMessage(parseMessage(bytes) ?? { type: 'want-statement' }), bytes)).toBe(true);
  fc.assert(
    fc.property(
      damaged(() => messages),
      (bytes) => {
        const message = parseMessage(bytes);
        return message === null || equalBytes(encodeMessage(message), bytes);
      },
    ),
    runs,
  );
});

test('[R-LNK-1] found by chance: a number beyond what JavaScript counts exactly is refused', () => {
  expect(parseMessage(Uint8Array.from([12, 128, 1, 128, 208, 149, 255, 188, 49, 161, 128, 129, 208, 149, 255, 188, 49]))).toBeNull();
});

test('[R-ENT-1] an entry that is accepted is one of the genuine ones up to its signature; none makes the parser throw', () => {
  const genuine = entries.map(({ bytes }) => bytes);
  for (const bytes of genuine) expect(parseEntry(bytes)?.bytes).toEqual(bytes);
  fc.assert(
    fc.property(
      damaged(() => genuine),
      (bytes) => {
        const entry = parseEntry(bytes);
        if (entry === null) return true;
        const parts = [...entry.header, ...entry.signature, ...entry.payload];
        return equalBytes(Uint8Array.from(parts), bytes) && equalBytes(entry.bytes, bytes);
      },
    ),
    runs,
  );
});

test('[R-ENT-2] an update that is accepted re-encodes to the same bytes, and Yjs takes it as it was read', () => {
  for (const bytes of updates) expect(decodeUpdate(bytes, client)).not.toBeNull();
  fc.assert(
    fc.property(
      damaged(() => updates),
      (bytes) => {
        const update = decodeUpdate(bytes, client);
        if (update === null) return true;
        if (!equalBytes(encodeUpdate(update), bytes)) return false;
        const { structs } = Y.decodeUpdate(bytes);
        const skeleton = skeletonOf(update);
        const clocks = update.structs.reduce((sum, { length }) => sum + length, 0);
        return (
          structs.every(({ id }) => id.client === client) &&
          structs.reduce((sum, { length }) => sum + length, 0) === clocks &&
          (skeleton === null || decodeUpdate(encodeUpdate(skeleton), client) !== null) &&
          clocks <= limits.updateClocks
        );
      },
    ),
    runs,
  );
});

test('[R-AUT-1] a record or a head that is accepted re-encodes to the same bytes', () => {
  for (const bytes of records) expect(parseRecord(bytes)).not.toBeNull();
  fc.assert(
    fc.property(
      damaged(() => records),
      damaged(() => heads),
      (recordBytes, headBytes) => {
        const record = parseRecord(recordBytes);
        const head = parseHead(headBytes);
        return (
          (record === null || equalBytes(encodeRecord(record), recordBytes)) && (head === null || equalBytes(encodeHead(head), headBytes))
        );
      },
    ),
    runs,
  );
});

test('[R-MSH-1] presence is read or refused, never thrown at', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      readAwareness(bytes);
    }),
    runs,
  );
});

test('[R-LNK-1] chunks give back the message; others are refused with a RangeError, and memory stays bounded', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 * limits.chunkBytes }), (size) => {
      const message = Uint8Array.from({ length: size }, (_, at) => at);
      const reader = new ChunkReader();
      const read = [...toChunks(message)].map((chunk) => reader.read(chunk));
      return read.slice(0, -1).every((part) => part === null) && equalBytes(read.at(-1) ?? new Uint8Array(), message);
    }),
    { numRuns: 200 },
  );
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 20 }), (chunks) => {
      const reader = new ChunkReader();
      try {
        return chunks.every((chunk) => reader.read(chunk) === null || (chunk[0] === 1 && chunk.length > 1));
      } catch (error) {
        return error instanceof RangeError;
      }
    }),
    runs,
  );
  const reader = new ChunkReader();
  const full = new Uint8Array(limits.chunkBytes);
  let taken = 0;
  expect(() => {
    for (;;) {
      reader.read(full);
      taken += full.length - 1;
    }
  }).toThrow(RangeError);
  expect(taken).toBeLessThanOrEqual(limits.messageBytes);
});
