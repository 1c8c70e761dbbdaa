import { expect, test } from 'vitest';
import { readMessages } from '../../../shared/ledger/chat.ts';
import { readThreads } from '../../../shared/ledger/comments.ts';
import { entryKinds, type Entry } from '../../../shared/ledger/entry.ts';
import type { Anchor, Chat, Comment, Marker } from '../../../shared/ledger/payloads.ts';
import type { Post, Posts } from '../../../shared/ledger/posts.ts';
import { readSaid, type SaidWords, type Span } from '../../../shared/playback/said-spans.ts';
import { Rng } from '../../support/fuzz/rng.ts';

const seeds = 200;
const things = 60;
const devices = ['ann', 'ben'];
const place = { tname: 's:song' };

/** What people say, change and take back, one number each; some is deleted for good, and its answers stand. */
function conversation(seed: number): { said: SaidWords; numberOf: (hash: string) => number } {
  const rng = new Rng(seed);
  const numbers = new Map<string, number>();
  const gone = new Map<string, Entry>();
  const posts = { chat: new Map() as Posts<Chat>, comments: new Map() as Posts<Comment>, markers: new Map() as Posts<Marker> };
  const named = { chat: [] as string[], comments: [] as string[] };
  for (let n = 1; n <= things; n++) {
    const id = n.toString(16).padStart(64, '0');
    numbers.set(id, n);
    const entryOf = (kind: Entry['kind']): Entry => ({ hash: id, kind, device: rng.pick(devices) }) as unknown as Entry;
    const postOf = <Words>(kind: Entry['kind'], words: Words): Post<Words> => ({ id, entry: entryOf(kind), userId: null, words });
    const anchor: Anchor = { song_id: rng.pick(['one', 'two']), start: place, end: place, quote: `words ${n}` } as unknown as Anchor;
    const [message, comment] = [named.chat, named.comments].map((ids) => (ids.length === 0 ? null : rng.pick(ids)));
    const isGone = rng.chance(0.05);
    const kind = rng.int(3);
    if (kind === 0) {
      const words: Chat =
        message == null || rng.chance(0.5)
          ? { type: 'message', text: `message ${n}`, reply_to: rng.chance(0.5) ? (message ?? null) : null }
          : rng.pick<Chat>([
              { type: 'delete', message },
              { type: 'reaction', message, emoji: '🎸', is_on: rng.chance(0.7) },
            ]);
      if (words.type === 'message') named.chat.push(id);
      if (isGone && words.type === 'message') gone.set(id, entryOf(entryKinds.chat));
      else posts.chat.set(id, postOf(entryKinds.chat, words));
    } else if (kind === 1) {
      const words: Comment =
        comment == null || rng.chance(0.4)
          ? rng.pick<Comment>([
              { type: 'add', text: `comment ${n}`, anchor, reply_to: null },
              ...(comment == null ? [] : [{ type: 'add' as const, text: `answer ${n}`, anchor: null, reply_to: comment }]),
            ])
          : rng.pick<Comment>([
              { type: 'edit', comment, text: `changed ${n}` },
              { type: 'delete', comment },
              { type: 'resolve', comment },
              { type: 'reopen', comment },
            ]);
      if (words.type === 'add') named.comments.push(id);
      if (isGone && words.type === 'add') gone.set(id, entryOf(entryKinds.comment));
      else posts.comments.set(id, postOf(entryKinds.comment, words));
    } else posts.markers.set(id, postOf(entryKinds.marker, { type: 'take', name: `Take ${n}`, song_id: null }));
  }
  const source: SaidWords['source'] = {
    device: (device) => ({ user_id: `user ${device}` }) as ReturnType<SaidWords['source']['device']>,
    recordOf: (hash) => ({ n: numbers.get(hash) }) as ReturnType<SaidWords['source']['recordOf']>,
    stream: () => undefined,
  };
  const numberOf = (hash: string): number => numbers.get(hash) ?? 0;
  return { said: { source, ...posts, gone, numbers: [...numbers.values()] }, numberOf };
}

const byNumber = <T extends { n: number }>(lines: readonly T[]): T[] => lines.toSorted((a, b) => a.n - b.n);

test('what stands at a number is what the readers of chat and comments make of all that had come until then', () => {
  let [changed, settled] = [0, 0];
  for (let seed = 1; seed <= seeds; seed++) {
    const { said, numberOf } = conversation(seed);
    const spans = readSaid(said);
    for (let n = 0; n <= things; n++) {
      const until = <Words>(posts: Posts<Words>): Posts<Words> => new Map([...posts].filter(([id]) => numberOf(id) <= n));
      const gone = new Map([...said.gone].filter(([id]) => numberOf(id) <= n));
      const threads = readThreads(said.source, until(said.comments), gone);
      const messages = readMessages(said.source, until(said.chat), gone);
      const told = byNumber([
        ...messages.map(({ id, user_id, text }) => ({ id, n: numberOf(id), user_id, text, quote: null })),
        ...threads.flatMap(({ anchor, first, replies }) =>
          [first, ...replies].flatMap((one) =>
            one === null ? [] : [{ id: one.id, n: numberOf(one.id), user_id: one.user_id, text: one.text, quote: anchor?.quote ?? null }],
          ),
        ),
        ...[...until(said.markers).values()].map(({ id, entry, words }) => {
          return { id, n: numberOf(id), user_id: `user ${entry.device}`, text: words.name, quote: null };
        }),
      ]);
      const stands = ({ from, to }: Span): boolean => from <= n && n <= to;
      const lines = spans.lines.filter(stands).map(({ id, n: number, user_id, text, quote }) => ({ id, n: number, user_id, text, quote }));
      expect(lines, `seed ${seed}, number ${n}`).toEqual(told);
      const open = threads.flatMap(({ id, anchor, first, is_resolved }) =>
        anchor === null || is_resolved ? [] : [{ id, song_id: anchor.song_id, user_id: first?.user_id ?? null }],
      );
      const commented = spans.commented.filter(stands).map(({ id, song_id, user_id }) => ({ id, song_id, user_id }));
      expect(commented, `seed ${seed}, number ${n}`).toEqual(open);
      changed += lines.filter(({ text }) => text.startsWith('changed')).length;
      settled += threads.filter(({ is_resolved }) => is_resolved).length;
    }
  }
  expect(Math.min(changed, settled)).toBeGreaterThan(1_000);
});
