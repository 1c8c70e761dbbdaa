import type { Clock } from '../base/clock.ts';
import type { Entry } from './entry.ts';
import type { Link } from './link.ts';
import type { Heads } from './messages.ts';

/** At most one request to heal a link in this time, so that two sides that can't agree don't ask each other for ever. */
const healEveryMs = 1_000;

/** Whether all windows that are linked to the other side are linked here as well. */
export function isEveryoneLinked(views: readonly LinkView[], other: LinkView): boolean {
  const linked = new Set(views.map((view) => view.link.window));
  return [...other.windows].every((window) => linked.has(window));
}

/** What one link's other side is known to have, so that an entry goes over a link at most once. R-LNK-3. */
export class LinkView {
  readonly link: Link;
  /** It may read the session, by the newest statement. */
  isAdmitted = false;
  /** Windows that the other side is linked to. */
  windows: ReadonlySet<string> = new Set();
  /** Records the other side has; null until its first heads. */
  n: number | null = null;
  generation = 0;
  /** What it said last; read again when a generation begins. */
  heads: Heads | null = null;
  /** Records up to here are not held there. */
  base = 0;
  /** The newest checkpoint that can be asked for there; 0: none. */
  checkpointN = 0;
  /** Its content was equal to ours when it last said so. */
  hasEqualHeads = false;
  /** Something may be missing there: sent when the transport has room. */
  isBehind = false;
  /** Hashes of what came without its payload and was asked for here. */
  readonly asked = new Set<string>();
  readonly #known = new Map<string, number>();
  readonly #clock: Clock;
  #healedAt = -Infinity;

  constructor(link: Link, clock: Clock) {
    this.link = link;
    this.#clock = clock;
  }

  /** The other side told whom it is linked to; true when somebody is not among them any more. */
  noteWindows(windows: readonly string[]): boolean {
    const before = this.windows;
    this.windows = new Set(windows);
    return [...before].some((window) => !this.windows.has(window));
  }

  /** Last seq of the stream that the other side has, as far as known. */
  known(stream: string): number {
    return this.#known.get(stream) ?? 0;
  }

  has(entry: Entry): boolean {
    return this.known(entry.stream) >= entry.seq;
  }

  note(stream: string, seq: number): void {
    if (seq > this.known(stream)) this.#known.set(stream, seq);
  }

  /** The other side told all it has: what was believed before is forgotten. */
  forget(): void {
    this.#known.clear();
  }

  forgetStream(stream: string): void {
    this.#known.delete(stream);
  }

  /** Whether it is time to ask again for what is missing. */
  mayHeal(): boolean {
    const now = this.#clock.now();
    if (now - this.#healedAt < healEveryMs) return false;
    this.#healedAt = now;
    return true;
  }
}
