import type { Posts } from '../ledger/posts.ts';
import { lastWhere } from './last-where.ts';

/** Answers the posts that had come when the ledger stood at a number: they are sorted once, and none is looked up again. */
export function postsUntil<Words>(posts: Posts<Words>, numberOf: (hash: string) => number): (n: number) => Posts<Words> {
  const sorted = [...posts].map(([id, post]) => ({ n: numberOf(post.entry.hash), id, post })).sort((a, b) => a.n - b.n);
  return (n) => new Map(sorted.slice(0, lastWhere(sorted, (one) => one.n <= n) + 1).map(({ id, post }) => [id, post]));
}
