import { expect, test } from 'vitest';
import { Author } from '../../../shared/ledger/author.ts';
import type { Entry } from '../../../shared/ledger/entry.ts';
import { Ledger } from '../../../shared/ledger/ledger.ts';
import { makeKeys, sessionId, songId } from '../../support/band.ts';
import { FakeTime } from '../../support/fake-time.ts';

async function open(sign: (message: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>) {
  const { signer } = await makeKeys();
  const ledger = new Ledger(sessionId, '00'.repeat(16));
  const time = new FakeTime();
  const entries: Entry[] = [];
  const failures: unknown[] = [];
  const author = new Author(ledger, {
    signer: { publicKey: signer.publicKey, sign },
    clock: time,
    timers: time,
    random: (length) => new Uint8Array(length).fill(7),
    onEntry: (entry) => void entries.push(entry),
    onFailure: (error) => void failures.push(error),
  });
  author.attach(true);
  const text = ledger.fold.doc.getText(`s:${songId}`);
  /** After a pause, so that it leaves at once. */
  const type = (letter: string): void => {
    time.advance(1_000);
    text.insert(text.length, letter);
  };
  return { author, type, entries, failures };
}

test('[R-LOC-1] signing begins within the edit, one at a time and in order', async () => {
  const begun: ((signature: Uint8Array<ArrayBuffer>) => void)[] = [];
  const { author, type, entries } = await open(() => new Promise((resolve) => begun.push(resolve)));
  type('a');
  expect(begun).toHaveLength(1);
  type('b');
  type('c');
  // The next names the hash of the one before, which is not there yet.
  expect(begun).toHaveLength(1);
  for (let at = 0; at < 3; at++) {
    await expect.poll(() => begun.length).toBe(at + 1);
    begun[at]?.(new Uint8Array(64).fill(at));
  }
  await author.flush();
  expect(entries.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  type('d');
  expect(begun).toHaveLength(4);
});

test('[R-LOC-1] after a signature that failed nothing of the stream is signed: it would stand on words that nobody has', async () => {
  let calls = 0;
  const { author, type, entries, failures } = await open(() => {
    calls += 1;
    return Promise.reject(new Error('the key is gone'));
  });
  type('a');
  type('b');
  await expect(author.flush()).rejects.toThrow('the key is gone');
  type('c');
  await expect(author.flush()).rejects.toThrow('the key is gone');
  expect([calls, entries.length, failures.length]).toEqual([1, 0, 3]);
});
