import * as Y from 'yjs';
import { beforeAll, expect, test } from 'vitest';
import { readMessages } from '../../../shared/ledger/chat.ts';
import { readThreads } from '../../../shared/ledger/comments.ts';
import { placesOf } from '../../../shared/ledger/anchor.ts';
import { Fold } from '../../../shared/ledger/fold.ts';
import { foldStretch } from '../../../shared/ledger/fold-stretch.ts';
import { inOrder } from '../../../shared/ledger/posts.ts';
import type { AnchorPosition } from '../../../shared/ledger/payloads.ts';
import { makeCheckpoint } from '../../../shared/ledger/make-checkpoint.ts';
import { readSetlist } from '../../../shared/ledger/setlist.ts';
import { rootOfSong } from '../../../shared/ledger/update.ts';
import { CommentsThen } from '../../../shared/playback/comments-then.ts';
import { Playhead, type Moment } from '../../../shared/playback/playhead.ts';
import type { Playback } from '../../../shared/playback/playback.ts';
import { readPlayback, type RecordingSource } from '../../../shared/playback/read-playback.ts';
import { Band, settled, songId } from '../../support/band.ts';
import { Rng } from '../../support/fuzz/rng.ts';
import { generateRehearsal, type GeneratedRehearsal } from '../../support/generated-rehearsal.ts';
import { Pipe } from '../../support/pipe.ts';

const rest = async (): Promise<void> => undefined;
const minuteMs = 60_000;
const durationMs = 20 * minuteMs;

let rehearsal: GeneratedRehearsal;
let playback: Playback;
beforeAll(async () => {
  rehearsal = await generateRehearsal({ seed: 7, people: 3, rounds: 90, durationMs });
  playback = await readPlayback(rehearsal.source, rest);
});

/** The ledger folded to a moment by nothing but its own rules. */
function foldedTo({ recorded, startedMs }: RecordingSource, ms: number): Fold {
  const fold = new Fold();
  foldStretch(
    fold,
    recorded.filter(({ record }) => record.receivedAt <= startedMs + ms),
  );
  return fold;
}

const byText = ([, a]: (string | undefined)[], [, b]: (string | undefined)[]): number => ((a ?? '') < (b ?? '') ? -1 : 1);

function pictureOf({ recorded, device }: RecordingSource, fold: Fold): unknown {
  const records = new Map(recorded.map(({ record }) => [record.hash, record]));
  const source = { device, recordOf: (hash: string) => records.get(hash), stream: () => undefined };
  return {
    texts: [...fold.doc.share.keys()].sort().map((root) => [root, fold.doc.getText(root).toJSON()]),
    setlist: readSetlist(fold.sets),
    said: [
      ...readMessages(source, fold.chat, fold.gone).map(({ id, text }) => [id, text]),
      ...readThreads(source, fold.comments, fold.gone).flatMap(({ first, replies }) =>
        [first, ...replies].map((remark) => [remark?.id, remark?.text]),
      ),
      ...inOrder(source, fold.markers.values()).map(({ id, words }) => [id, words.name]),
    ].sort(byText),
  };
}

function shownAt(of: Playback, { texts, setlist, n }: Moment): unknown {
  return {
    texts: [...texts].map(([id, text]) => [rootOfSong(id), text]).sort(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1)),
    setlist,
    said: of.said.lines
      .filter(({ from, to }) => from <= n && n <= to)
      .map(({ id, text }) => [id, text])
      .sort(byText),
  };
}

test('the state at random moments is the ledger folded to that moment, however one came there', () => {
  const rng = new Rng(3);
  const head = new Playhead(playback);
  let at = 0;
  for (let turn = 0; turn < 80; turn++) {
    // Every second time it goes on a little, as playing does.
    at = turn % 2 === 0 ? rng.int(durationMs) : Math.min(durationMs, at + rng.int(minuteMs));
    const fold = foldedTo(rehearsal.source, at);
    expect(shownAt(playback, head.seek(at))).toEqual(pictureOf(rehearsal.source, fold));
    fold.doc.destroy();
  }
});

test('a cursor stands where the shared text has it, also while others write around it', () => {
  const head = new Playhead(playback);
  let seen = 0;
  const moved = rehearsal.source.track.filter((event) => event.type === 'cursor_moved');
  for (const [at, event] of moved.entries()) {
    if (at % 5 !== 0 || event.cursor === null) continue;
    const next = rehearsal.source.track.find(
      ({ ms, user_id, type }) => ms > event.ms && user_id === event.user_id && type !== 'song_shown',
    );
    const until = Math.min(next?.ms ?? durationMs, durationMs) - 1;
    const isLast = !moved.slice(at + 1).some(({ ms, user_id }) => user_id === event.user_id && ms <= event.ms);
    if (until < event.ms || !isLast) continue;
    const fold = foldedTo(rehearsal.source, until);
    const found = Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(event.cursor.head), fold.doc);
    const place = head.seek(until).people.find(({ user_id }) => user_id === event.user_id)?.cursor ?? null;
    const item = event.cursor.head.item ?? null;
    const struct = item === null || found === null ? null : Y.getItem(fold.doc.store, Y.createID(item.client, item.clock));
    // Where the character itself was taken out, its place is shared by what is written there.
    const isThere = found !== null && (struct === null || (struct instanceof Y.Item && !struct.deleted));
    if (isThere) {
      seen += 1;
      expect(place?.head).toBe(found.index);
    }
    fold.doc.destroy();
  }
  expect(seen).toBeGreaterThan(20);
});

/** Whether the character that a position holds on to is in the text. */
function isThere(doc: Y.Doc, { item }: AnchorPosition): boolean {
  if (item === undefined) return true;
  const struct = Y.getItem(doc.store, Y.createID(item.client, item.clock));
  return struct instanceof Y.Item && !struct.deleted;
}

test('commented words stand where the shared text has them, whether one came there by playing or by a jump; what is settled is not marked', () => {
  const rng = new Rng(17);
  const head = new Playhead(playback);
  const songIds = [...playback.textsAt(0).keys(), ...head.seek(durationMs).texts.keys()];
  const playing = new Map(songIds.map((id) => [id, new CommentsThen(playback, id)]));
  let seen = 0;
  for (let ms = 0; ms <= durationMs; ms += rng.int(durationMs / 30)) {
    const moment = head.seek(ms);
    const fold = foldedTo(rehearsal.source, ms);
    const records = new Map(rehearsal.source.recorded.map(({ record }) => [record.hash, record]));
    const told = { device: rehearsal.source.device, recordOf: (hash: string) => records.get(hash), stream: () => undefined };
    const open = readThreads(told, fold.comments, fold.gone).filter(({ is_resolved }) => !is_resolved);
    for (const [songId, comments] of playing) {
      const words = comments.at(moment);
      expect(comments.at(moment)).toBe(words);
      expect(new CommentsThen(playback, songId).at(moment)).toEqual(words);
      const text = fold.doc.getText(rootOfSong(songId));
      for (const { id, anchor } of open) {
        if (anchor?.song_id !== songId || !isThere(fold.doc, anchor.start) || !isThere(fold.doc, anchor.end)) continue;
        seen += 1;
        const word = words.find((one) => one.id === id);
        expect({ from: word?.from, to: word?.to }).toEqual(placesOf(text, [anchor])[0]);
      }
      expect(words.filter(({ id }) => !open.some((thread) => thread.id === id))).toEqual([]);
    }
    fold.doc.destroy();
  }
  expect(seen).toBeGreaterThan(50);
  expect(playback.said.commented.some(({ to }) => to < Infinity)).toBe(true);
});

test('who is there, the song in front, the next change and the next time that anything happens', async () => {
  const { source, userOf, band } = rehearsal;
  const [ann, ben] = band.members;
  if (ann === undefined || ben === undefined) throw new Error('two are there');
  const [a, b] = [userOf(ann), userOf(ben)];
  const song = { type: 'song_shown', song_id: songId } as const;
  const track = [
    { type: 'user_joined', user_id: a, ms: 0 },
    { ...song, user_id: a, ms: 1_000 },
    { type: 'user_joined', user_id: b, ms: 2_000 },
    { ...song, song_id: songId.replace(/aa$/, 'bb'), user_id: b, ms: 3_000 },
    { type: 'user_left', user_id: a, ms: 400_000 },
  ] as const;
  const small = await readPlayback({ ...source, recorded: [], track }, rest);
  const head = new Playhead(small);
  const there = (ms: number): unknown => {
    const { people, song_id } = head.seek(ms);
    return [people.map(({ user_id }) => user_id), song_id?.slice(-2) ?? null];
  };
  expect(there(500)).toEqual([[a], null]);
  expect(there(1_500)).toEqual([[a], 'aa']);
  // Of two songs with as many in front of them the one before stays.
  expect(there(3_500)).toEqual([[a, b], 'aa']);
  expect(there(400_000)).toEqual([[b], 'bb']);
  expect(there(0)).toEqual([[a], null]);
  expect([small.activityAfter(3_000), small.activityAfter(399_999), small.activityAfter(400_000)]).toEqual([400_000, 400_000, null]);
});

test('a recording that begins in the midst of a session begins with what was there', async () => {
  const { source } = rehearsal;
  const middle = source.recorded[Math.floor(source.recorded.length / 2)]?.record;
  if (middle === undefined) throw new Error('nothing was recorded');
  const later = { ...source, fromN: middle.n, startedMs: middle.receivedAt + 1, durationMs: durationMs / 4, track: [] };
  const played = await readPlayback(later, rest);
  const head = new Playhead(played);
  for (const ms of [0, minuteMs, durationMs / 4]) {
    const { n } = head.seek(ms);
    const fold = new Fold();
    foldStretch(
      fold,
      source.recorded.filter(({ record }) => record.n <= n),
    );
    expect(shownAt(played, head.seek(ms))).toEqual(pictureOf(source, fold));
  }
  expect(head.seek(0).n).toBe(middle.n);
});

test('who came late plays it from a checkpoint; what was said before and is kept is there', async () => {
  const band = await Band.open();
  const ann = await band.join('Ann', 'owner');
  new Pipe(ann, band);
  const wrote = (count: number): Promise<void> => settled(() => band.ledger.n === count && ann.ledger.n === count, band);
  ann.type(0, 'Silent');
  await ann.author.flush();
  await ann.author.write(4, new TextEncoder().encode(JSON.stringify({ type: 'message', text: 'before', reply_to: null })));
  await wrote(2);
  const made = await makeCheckpoint(band.ledger, band.keys.signer);
  if (made === null) throw new Error('no checkpoint');
  const earlier = ann.entriesMade.slice(1);
  ann.type(6, ' night');
  await ann.author.flush();
  await wrote(3);
  const recorded = band.ledger.records.slice(-1).map(({ record }) => ({ record, entry: band.ledger.entry(record.hash) ?? null }));
  const receivedAt = recorded[0]?.record.receivedAt ?? 0;
  const source: RecordingSource = {
    startedMs: receivedAt - 5_000,
    durationMs: minuteMs,
    fromN: 2,
    base: made.base,
    earlier,
    recorded,
    track: [],
    device: (id) => band.ledger.device(id),
  };
  const played = await readPlayback(source, rest);
  const head = new Playhead(played);
  expect(head.seek(4_999).texts.get(songId)).toBe('Silent');
  expect(head.seek(5_000).texts.get(songId)).toBe('Silent night');
  const said = played.said.lines.filter(({ from }) => from <= head.seek(0).n);
  expect(said.map(({ text }) => text)).toEqual(['before']);
});

test('a clock that is put back does not turn the recording back, and reading can be given up', async () => {
  const { source } = rehearsal;
  const recorded = source.recorded.map(({ entry, record }, at) => ({
    entry,
    record: at % 7 === 3 ? { ...record, receivedAt: record.receivedAt - 10 * minuteMs } : record,
  }));
  const { steps } = await readPlayback({ ...source, recorded }, rest);
  expect(steps.map(({ ms }) => ms)).toEqual(steps.map(({ ms }) => ms).toSorted((a, b) => a - b));
  const given = new Error('given up');
  await expect(readPlayback(source, () => Promise.reject(given))).rejects.toBe(given);
});
