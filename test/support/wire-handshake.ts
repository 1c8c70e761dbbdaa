import type { Bytes } from '../../shared/ledger/bytes.ts';
import { Verifier } from '../../shared/ledger/keys.ts';
import { Link, type LinkTools } from '../../shared/ledger/link.ts';
import { wireSessionBytes, type WireKey, type WireKeys } from './wire-keys.ts';

/** DTLS fingerprints of the two sides. */
const bindings = [new Uint8Array(32).fill(0xd1), new Uint8Array(32).fill(0xd2)] as const;

/** What two real links with fixed nonces say to each other until both are proved: hello and proof of each. */
export async function linkProofs({ ann, bob }: WireKeys): Promise<Record<string, Bytes>> {
  const said: Record<string, Bytes> = {};
  const links: Link[] = [];
  const early: (() => void)[] = [];
  const proved: Promise<void>[] = [];
  const open = (name: string, key: WireKey, to: number, windowByte: number): void => {
    const ready = Promise.withResolvers<void>();
    proved.push(ready.promise);
    const tools: LinkTools = {
      clock: { now: () => 0 },
      // Nothing waits here: the links are proved or the test ends.
      timers: { after: () => () => undefined, every: () => () => undefined },
      random: (length) => new Uint8Array(length).fill(windowByte + 1),
      verifier: new Verifier(),
    };
    let count = 0;
    const transport = {
      send: (chunk: Bytes) => {
        count += 1;
        if (count <= 2) said[`${name} ${count === 1 ? 'hello' : 'proof'}`] = chunk;
        const deliver = (): void => links[to]?.receive(chunk);
        if (links.length < 2) early.push(deliver);
        else queueMicrotask(deliver);
      },
      bufferedAmount: () => 0,
      onceDrained: (run: () => void) => run(),
      close: (code: string) => ready.reject(new Error(`the link of ${name} was closed: ${code}`)),
    };
    const identity = {
      sessionId: wireSessionBytes,
      signer: key.signer,
      windowId: new Uint8Array(8).fill(windowByte),
      awarenessClient: windowByte,
    };
    const [own, other] = to === 1 ? bindings : [bindings[1], bindings[0]];
    links.push(
      new Link(
        transport,
        identity,
        { own, other, device: null },
        { onProved: () => ready.resolve(), onMessage: () => Promise.resolve(), onRoom: () => undefined, onClosed: () => undefined },
        tools,
      ),
    );
  };
  open('Ann', ann, 1, 0x0a);
  open('Bob', bob, 0, 0x0b);
  for (const deliver of early) deliver();
  await Promise.all(proved);
  // Who was quicker does not matter.
  return Object.fromEntries(Object.entries(said).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
