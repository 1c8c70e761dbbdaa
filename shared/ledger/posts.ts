import type { Entry } from './entry.ts';
import type { LedgerRecord } from './record.ts';
import type { StatementDevice } from './statement.ts';
import type { StreamState } from './stream-state.ts';

/** Something that a person said and that counts, with the entry it came in. */
export interface Post<Words> {
  /** Hash of its entry; what else an attested entry holds has a name that nobody can use. */
  id: string;
  entry: Entry;
  /** Who said it, where the authority attested it; null: the device's user. */
  userId: string | null;
  words: Words;
}

/** By id, in the order in which they came into the fold. */
export type Posts<Words> = Map<string, Post<Words>>;

/** What counts and whose words were deleted for good, by hash: answers to it stand. R-ENT-6. */
export type GonePosts = ReadonlyMap<string, Entry>;

export function addPost<Words>(posts: Posts<Words>, entry: Entry, userId: string | null, words: Words): void {
  const id = posts.has(entry.hash) ? `${entry.hash}/${posts.size}` : entry.hash;
  posts.set(id, { id, entry, userId, words });
}

/** As much of a ledger as reading what people said needs. */
export interface PostSource {
  device(deviceId: string): StatementDevice | undefined;
  recordOf(hash: string): LedgerRecord | undefined;
  stream(name: string): StreamState | undefined;
}

/** Whose it is; empty while the statement does not list the device yet. */
export function authorOf(source: PostSource, { entry, userId }: Post<unknown>): string {
  return userId ?? source.device(entry.device)?.user_id ?? '';
}

/** The highest `at` in the entry's stream up to it: a clock that was set back does not put an answer before what it answers. */
function highestAt(source: PostSource, entry: Entry, highest: Map<Entry, number>): number {
  const unknown: Entry[] = [];
  let at: number | undefined;
  for (let one: Entry | undefined = entry; one !== undefined;) {
    at = highest.get(one);
    if (at !== undefined) break;
    unknown.push(one);
    const { prev, seq, stream }: Entry = one;
    one = source
      .stream(stream)
      ?.at(seq - 1)
      .find(({ hash }) => hash === prev);
  }
  let max = at ?? 0;
  for (const one of unknown.toReversed()) {
    max = Math.max(max, one.at);
    highest.set(one, max);
  }
  return max;
}

/** In the order in which all see it: by number, then those without one by (highest `at` so far in the stream, stream, seq). */
export function inOrder<P extends Post<unknown>>(source: PostSource, posts: Iterable<P>): P[] {
  const highest = new Map<Entry, number>();
  const keyed = [...posts].map((post) => {
    const n = source.recordOf(post.entry.hash)?.n ?? Infinity;
    return { post, n, at: n === Infinity ? highestAt(source, post.entry, highest) : 0 };
  });
  keyed.sort((a, b) => {
    if (a.n !== b.n) return a.n - b.n;
    if (a.n !== Infinity) return 0;
    const [one, other] = [a.post.entry, b.post.entry];
    if (a.at !== b.at) return a.at - b.at;
    if (one.stream !== other.stream) return one.stream < other.stream ? -1 : 1;
    return one.seq - other.seq;
  });
  return keyed.map(({ post }) => post);
}
