import type { FaultCode } from '../../shared/base/errors.ts';
import type { Bytes } from '../../shared/ledger/bytes.ts';
import type { ChannelBinding, Link, Transport } from '../../shared/ledger/link.ts';

/** Anything that links can be started at. */
export interface Connectable {
  connect(transport: Transport, binding: ChannelBinding): Link;
}

/** Links the two for as long as the test lasts. */
export function linkUp(a: Connectable, b: Connectable): Pipe {
  return new Pipe(a, b);
}

/** Two ends of an in-memory connection, ordered and reliable until it is cut; counts what passes. */
export class Pipe {
  sent = 0;
  bytes = 0;
  closedWith: FaultCode | null = null;
  isCut = false;
  #links: [Link, Link] | null = null;
  #waiting: (() => void)[] = [];

  constructor(a: Connectable, b: Connectable, bindings?: [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>]) {
    const [left, right] = bindings ?? [new Uint8Array([1]), new Uint8Array([2])];
    const end = (to: 0 | 1): Transport => ({
      send: (chunk: Bytes) => this.#carry(to, chunk),
      bufferedAmount: () => 0,
      onceDrained: (run) => run(),
      // What was sent before arrives before the end, as it does on a WebSocket.
      close: (code) => void setImmediate(() => this.cut(code)),
    });
    const first = a.connect(end(1), { own: left, other: right });
    const second = b.connect(end(0), { own: right, other: left });
    this.#links = [first, second];
    for (const run of this.#waiting.splice(0)) run();
  }

  #carry(to: 0 | 1, chunk: Bytes): void {
    this.sent += 1;
    this.bytes += chunk.length;
    const copy = new Uint8Array(chunk);
    const deliver = (): void => {
      queueMicrotask(() => {
        if (!this.isCut) this.#links?.[to].receive(copy);
      });
    };
    if (this.#links === null) this.#waiting.push(deliver);
    else deliver();
  }

  cut(code: FaultCode = 'link-dead'): void {
    if (this.isCut) return;
    this.isCut = true;
    this.closedWith = code;
    for (const link of this.#links ?? []) link.lost();
  }
}
