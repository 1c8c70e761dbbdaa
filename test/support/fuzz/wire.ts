import type { Bytes } from '../../../shared/ledger/bytes.ts';
import type { Link, Transport } from '../../../shared/ledger/link.ts';

/** What may be lost or come twice: message types entries, heads, records, by their codes (messages.ts). */
const healable: ReadonlySet<number> = new Set([3, 5, 6]);
/** Messages that are handled without waiting for anything: ping and pong. */
const idle: ReadonlySet<number> = new Set([11, 12]);
const lastChunk = 1;

export interface WireEnd {
  /** Starts this side's link on the transport. */
  connect(transport: Transport): Link;
}

type Side = 0 | 1;

function mayMove(chunk: Bytes | undefined): chunk is Bytes {
  return chunk?.[0] === lastChunk && healable.has(chunk[1] ?? 0);
}

/** A connection between two parties whose chunks arrive only when told to; ordered in each direction. */
export class Wire {
  isCut = false;
  /** Neither side gets anything, and neither knows. */
  isHeld = false;
  readonly #queues: [Bytes[], Bytes[]] = [[], []];
  readonly #isMidMessage: [boolean, boolean] = [false, false];
  readonly #drained: [(() => void)[], (() => void)[]] = [[], []];
  readonly #links: [Link, Link];

  constructor(a: WireEnd, b: WireEnd) {
    const first = a.connect(this.#transport(1));
    this.#links = [first, b.connect(this.#transport(0))];
  }

  #transport(to: Side): Transport {
    return {
      send: (chunk) => {
        if (!this.isCut) this.#queues[to].push(new Uint8Array(chunk));
      },
      bufferedAmount: () => this.#queues[to].reduce((sum, chunk) => sum + chunk.length, 0),
      onceDrained: (run) => void this.#drained[to].push(run),
      close: () => this.cut(),
    };
  }

  waiting(to: Side): number {
    return this.isCut || this.isHeld ? 0 : this.#queues[to].length;
  }

  get isProved(): boolean {
    return this.#links.every((link) => link.isProved);
  }

  /**
   * Delivers the next chunk towards a side.
   * @param fate of a message that heads can heal
   * @returns whether something may have to be waited for
   */
  deliver(to: Side, fate: 'arrives' | 'is lost' | 'comes twice' | 'is overtaken'): boolean {
    if (fate === 'is overtaken') this.#swap(to);
    const chunk = this.#queues[to].shift();
    if (chunk === undefined) return false;
    const isWhole = !this.#isMidMessage[to] && chunk[0] === lastChunk;
    this.#isMidMessage[to] = chunk[0] !== lastChunk;
    const code = chunk[1] ?? 0;
    const times = isWhole && healable.has(code) ? { arrives: 1, 'is lost': 0, 'comes twice': 2, 'is overtaken': 1 }[fate] : 1;
    for (let time = 0; time < times; time++) this.#links[to].receive(new Uint8Array(chunk));
    if (this.#queues[to].length === 0) for (const run of this.#drained[to].splice(0)) run();
    return !(isWhole && idle.has(code));
  }

  /** The next message and the one after it change places, where both are whole and heads can heal what comes of it. */
  #swap(to: Side): void {
    const [first, second] = this.#queues[to];
    if (!this.#isMidMessage[to] && mayMove(first) && mayMove(second)) this.#queues[to].splice(0, 2, second, first);
  }

  /** What was under way is lost; both sides notice. */
  cut(): void {
    if (this.isCut) return;
    this.isCut = true;
    this.#queues[0] = [];
    this.#queues[1] = [];
    for (const link of this.#links) link.lost();
  }
}
