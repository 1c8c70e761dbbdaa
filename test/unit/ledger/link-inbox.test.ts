import { webcrypto } from 'node:crypto';
import { expect, test } from 'vitest';
import { limits } from '../../../shared/base/limits.ts';
import { toChunks } from '../../../shared/ledger/chunks.ts';
import { Verifier } from '../../../shared/ledger/keys.ts';
import { Link, type Transport } from '../../../shared/ledger/link.ts';
import { encodeMessage, type Message } from '../../../shared/ledger/messages.ts';
import { makeKeys } from '../../support/band.ts';
import { FakeTime } from '../../support/fake-time.ts';

const random = (length: number): Uint8Array => webcrypto.getRandomValues(new Uint8Array(length));

/** Two links of two devices; `told` is what the first hears and answers only when it is let. */
async function proved() {
  const time = new FakeTime();
  const tools = { clock: time, timers: time, random, verifier: new Verifier() };
  const holds: boolean[] = [];
  const faults: (string | null)[] = [];
  const told: { message: Message; done: () => void }[] = [];
  let closedWith: string | null = null;
  const links: Link[] = [];
  const [own, other] = [await makeKeys(), await makeKeys()];
  const open = (at: 0 | 1): Link => {
    const { signer } = at === 0 ? own : other;
    const transport: Transport = {
      send: (chunk) => queueMicrotask(() => links[1 - at]?.receive(chunk)),
      bufferedAmount: () => 0,
      onceDrained: (run) => run(),
      close: (code) => {
        if (at === 0) closedWith = code;
      },
      ...(at === 0 ? { holdReading: (isHeld: boolean) => holds.push(isHeld) } : {}),
    };
    const identity = { sessionId: new Uint8Array(16), signer, windowId: new Uint8Array(random(8)), awarenessClient: at };
    const handlers = {
      onProved: () => undefined,
      onMessage: (_: Link, message: Message) => new Promise<void>((done) => told.push({ message, done })),
      onRoom: () => undefined,
      onClosed: (link: Link, fault: string | null) => void (link === links[0] && faults.push(fault)),
    };
    return new Link(transport, identity, { own: new Uint8Array([1]), other: new Uint8Array([1]), device: null }, handlers, tools);
  };
  const [first, second] = [open(0), open(1)];
  links.push(first, second);
  await expect.poll(() => first.isProved && second.isProved).toBe(true);
  return { first, holds, told, faults, closedWith: () => closedWith };
}

const [tiny] = toChunks(encodeMessage({ type: 'want-statement' }));

test('[R-LNK-1] who says more than is handled is not read until it was', async () => {
  const { first, holds, told, closedWith } = await proved();
  for (let at = 0; at < 1_000; at++) first.receive(tiny ?? new Uint8Array());
  expect(holds).toEqual([true]);
  for (let handled = 0; handled < 1_000; handled++) {
    await expect.poll(() => told.length, { interval: 0 }).toBeGreaterThan(handled);
    told[handled]?.done();
  }
  await expect.poll(() => holds).toEqual([true, false]);
  expect(closedWith()).toBeNull();
});

test('[R-LNK-1] messages of one byte count with what they cost: a million of them do not wait in memory', async () => {
  const { first, told, faults, closedWith } = await proved();
  let said = 0;
  for (; said < 1_000_000 && !first.isClosed; said++) first.receive(tiny ?? new Uint8Array());
  expect(closedWith()).toBe('too-large');
  // A data channel can't be held: whoever is quicker than this side is nobody to be accused. R-ENT-4.
  expect(faults).toEqual([null]);
  expect(said).toBeLessThan((2 * limits.messageBytes) / 1_000);
  for (const { done } of told) done();
});
