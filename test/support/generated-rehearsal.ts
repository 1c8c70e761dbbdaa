import * as Y from 'yjs';
import { anchorAt } from '../../shared/ledger/anchor.ts';
import { entryKinds } from '../../shared/ledger/entry.ts';
import { encodeJson } from '../../shared/ledger/payloads.ts';
import { addSongSets, readSetlist } from '../../shared/ledger/setlist.ts';
import { rootOfSong } from '../../shared/ledger/update.ts';
import type { RecordingSource } from '../../shared/playback/read-playback.ts';
import type { TrackEvent } from '../../shared/playback/track-event.ts';
import { Band, settled, type Member } from './band.ts';
import { Rng } from './fuzz/rng.ts';
import { Pipe } from './pipe.ts';

const songIds = ['aa', 'bb', 'cc'].map((end) => `0198f000-0000-7000-8000-0000000000${end}`);
const words = ['[G]', '[D7]', 'silent ', 'night ', 'holy\n', 'calm ', 'bright ', '{comment: slower}\n'];
const song = `{title: Silent Night}\n{key: G}\n${'[G]Silent night, [D7]holy night,\n[C]All is calm, [G]all is bright\n'.repeat(20)}`;

export interface RehearsalPlan {
  seed: number;
  people: number;
  /** In each, everybody who is there does one thing. */
  rounds: number;
  durationMs: number;
  /** Said now and then, since a long one takes its time. */
  onRound?: (round: number) => void;
}

export interface GeneratedRehearsal {
  band: Band;
  source: RecordingSource;
  userOf: (member: Member) => string;
}

type Untimed = TrackEvent extends infer E ? (E extends TrackEvent ? Omit<E, 'ms'> : never) : never;

const textOf = (member: Member, songId: string): Y.Text => member.ledger.fold.doc.getText(rootOfSong(songId));

/** A rehearsal that a script plays with real ledgers, authors and links: edits, words, marks, a setlist, and where people point. */
export async function generateRehearsal({ seed, people, rounds, durationMs, onRound }: RehearsalPlan): Promise<GeneratedRehearsal> {
  const rng = new Rng(seed);
  const band = await Band.open();
  const members: Member[] = [];
  for (let at = 0; at < people; at++) members.push(await band.join(`Person${at}`.slice(-6), at === 0 ? 'owner' : 'editor'));
  for (const member of members) new Pipe(member, band);
  const made = (): number => members.reduce((sum, { entriesMade }) => sum + entriesMade.length, 0);
  const together = (): Promise<void> => settled(() => [band, ...members].every(({ ledger }) => ledger.n === made()), band);
  const userOf = ({ device }: Member): string => band.ledger.device(device)?.user_id ?? '';
  // Each told when so many entries had been made: their time is that of the last of them.
  const told: { after: number; event: Untimed }[] = [];
  const tell = (event: Untimed, after = made()): void => void told.push({ after, event });
  const shown = new Map<Member, string>();

  function point(member: Member, songId: string, at: number, after: number): void {
    const text = textOf(member, songId);
    const place = (index: number): Record<string, unknown> =>
      Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, Math.min(index, text.length))) as Record<string, unknown>;
    const length = rng.int(4) === 0 ? 6 : 0;
    const cursor = { anchor: place(at), head: place(at + length) } as never;
    tell({ type: 'cursor_moved', user_id: userOf(member), cursor, scroll: rng.int(11) / 10, is_typing: rng.chance(0.5) }, after);
  }

  async function edit(member: Member): Promise<void> {
    const songId = shown.get(member) ?? songIds[0] ?? '';
    const text = textOf(member, songId);
    const at = rng.int(text.length + 1);
    // A pointer is quicker than the entry under it: now and then it is told before.
    const early = made() + rng.int(2);
    if (rng.int(3) === 0 && text.length > 10) text.delete(Math.min(at, text.length - 5), 1 + rng.int(4));
    else text.insert(at, words[rng.int(words.length)] ?? 'la');
    await member.author.flush();
    point(member, songId, Math.min(at + 1, text.length), early);
  }

  async function act(member: Member): Promise<void> {
    const roll = rng.int(100);
    const songId = shown.get(member) ?? songIds[0] ?? '';
    const messages = [...member.ledger.fold.chat.values()];
    // Only who moderates settles what others asked.
    const comments = [...member.ledger.fold.comments.values()].filter(({ entry }) => entry.device === member.device);
    if (roll < 90) await edit(member);
    else if (roll < 93) {
      const reply_to = rng.chance(0.5) ? (messages.at(-1)?.id ?? null) : null;
      await member.author.write(entryKinds.chat, encodeJson({ type: 'message', text: `message ${made()}`, reply_to }));
    } else if (roll < 94 && messages.length > 0) {
      const message = messages[rng.int(messages.length)]?.id;
      await member.author.write(entryKinds.chat, encodeJson({ type: 'reaction', message, emoji: '🎸', is_on: true }));
    } else if (roll < 96) {
      const text = textOf(member, songId);
      const from = rng.int(Math.max(1, text.length - 6));
      const anchor = anchorAt(text, songId, { from, to: Math.min(text.length, from + 6) });
      await member.author.write(entryKinds.comment, encodeJson({ type: 'add', text: `comment ${made()}`, anchor, reply_to: null }));
    } else if (roll < 97 && comments.length > 0) {
      await member.author.write(entryKinds.comment, encodeJson({ type: 'resolve', comment: comments[0]?.id }));
    } else if (roll < 98) {
      await member.author.write(entryKinds.marker, encodeJson({ type: 'take', name: `Take ${made()}`, song_id: songId }));
    } else {
      const other = songIds[rng.int(songIds.length)] ?? songId;
      shown.set(member, other);
      tell({ type: 'song_shown', user_id: userOf(member), song_id: other });
    }
  }

  const [owner] = members;
  if (owner === undefined) throw new Error('a rehearsal has people');
  for (const member of members) tell({ type: 'user_joined', user_id: userOf(member) }, 0);
  for (const songId of songIds) {
    const { sets, nextLamport } = owner.ledger.fold;
    const itemId = songId.replace(/^0198/, '0199');
    await owner.author.write(
      entryKinds.songSet,
      encodeJson({ sets: addSongSets(readSetlist(sets), songId, itemId), lamport: nextLamport }),
    );
    textOf(owner, songId).insert(0, song);
    await owner.author.flush();
  }
  await together();
  for (let round = 0; round < rounds; round++) {
    const away = rng.int(people * 8);
    for (const [at, member] of members.entries()) if (at !== away) await act(member);
    await together();
    onRound?.(round);
  }

  // The real ledger took some seconds; its times are spread over the rehearsal, with runs of edits and silences between.
  const spread = spreadTimes(made(), durationMs, rng);
  const startedMs = 1_900_000_000_000;
  const recorded = band.ledger.records.map(({ record }) => ({
    record: { ...record, receivedAt: startedMs + (spread[record.n - 1] ?? 0) },
    entry: band.ledger.entry(record.hash) ?? null,
  }));
  const track = told
    .map(({ after, event }): TrackEvent => ({ ...event, ms: after === 0 ? 0 : (spread[after - 1] ?? durationMs) }))
    .sort((a, b) => a.ms - b.ms);
  const source = {
    startedMs,
    durationMs,
    fromN: 0,
    base: null,
    earlier: [],
    recorded,
    track,
    device: (id: string) => band.ledger.device(id),
  };
  return { band, source, userOf };
}

/** So many moments in their order: most soon after one another, some after a long silence. */
function spreadTimes(count: number, durationMs: number, rng: Rng): number[] {
  const gaps = Array.from({ length: count }, () => (rng.int(50) === 0 ? 200 + rng.int(400) : 1 + rng.int(8)));
  const sum = gaps.reduce((all, gap) => all + gap, 0);
  let at = 0;
  return gaps.map((gap) => Math.floor(((at += gap) / (sum + 1)) * durationMs));
}
