import { expect, test } from 'vitest';
import { readPlayback } from '../../../../shared/playback/read-playback.ts';
import type { TrackEvent } from '../../../../shared/playback/track-event.ts';
import { densityOf } from '../../../../shared/playback/density.ts';
import { Player, type Frames } from '../../../../src-renderer/features/playback/player.ts';
import { saidLines } from '../../../../src-renderer/features/playback/said-lines.ts';
import { Band, settled, songId } from '../../../support/band.ts';
import { Pipe } from '../../../support/pipe.ts';

const user_id = '0198f000-0000-7000-8000-000000000b0b';
const durationMs = 120_000;

/** Frames of a window, turned by hand. */
class HandFrames implements Frames {
  #next: ((nowMs: number) => void) | null = null;
  #nowMs = 5_000;

  next(run: (nowMs: number) => void): () => void {
    this.#next = run;
    return () => (this.#next = null);
  }

  get isAsked(): boolean {
    return this.#next !== null;
  }

  turn(ms: number): void {
    this.#nowMs += ms;
    const run = this.#next;
    this.#next = null;
    run?.(this.#nowMs);
  }
}

const rest = async (): Promise<void> => undefined;

/** Somebody comes, shows a song at one second, a word is written at 60 and at 61 seconds. */
async function open(): Promise<{ player: Player; frames: HandFrames; ms: () => number }> {
  const band = await Band.open();
  const ann = await band.join('Ann', 'owner');
  new Pipe(ann, band);
  for (const [at, word] of ['Silent', ' night'].entries()) {
    ann.type(ann.text.length, word);
    await ann.author.flush();
    await settled(() => band.ledger.n === at + 1, band);
  }
  const recorded = band.ledger.records.map(({ record }, at) => ({
    record: { ...record, receivedAt: 60_000 + at * 1_000 },
    entry: band.ledger.entry(record.hash) ?? null,
  }));
  const track: TrackEvent[] = [
    { type: 'user_joined', user_id, ms: 0 },
    { type: 'song_shown', user_id, song_id: songId, ms: 1_000 },
  ];
  const source = { startedMs: 0, durationMs, fromN: 0, base: null, earlier: [], recorded, track, device: () => undefined };
  const frames = new HandFrames();
  const player = new Player(await readPlayback(source, rest), frames);
  return { player, frames, ms: () => player.read().moment.ms };
}

test('time goes on at its speed, stands still, and ends at the end; from there it begins again', async () => {
  const { player, frames, ms } = await open();
  player.setSkipping(false);
  player.play();
  // The first frame is where it begins.
  for (const each of [0, 16, 16]) frames.turn(each);
  expect(ms()).toBe(32);
  player.setSpeed(8);
  frames.turn(10);
  expect(ms()).toBe(112);
  player.setSpeed(0.25);
  frames.turn(20);
  expect(ms()).toBe(117);
  // A window that was hidden for a minute did not play.
  player.setSpeed(1);
  frames.turn(60_000);
  expect(ms()).toBe(367);
  player.pause();
  expect([frames.isAsked, player.read().isPlaying]).toEqual([false, false]);
  player.seek(durationMs - 5);
  player.play();
  for (const each of [0, 16]) frames.turn(each);
  expect([ms(), player.read().isPlaying, frames.isAsked]).toEqual([durationMs, false, false]);
  player.play();
  expect(ms()).toBe(0);
});

test('where nothing happens it goes on to shortly before something does, or to the end', async () => {
  const { player, frames, ms } = await open();
  player.seek(1_000);
  player.play();
  for (const each of [0, 16]) frames.turn(each);
  expect(ms()).toBeGreaterThan(59_000);
  expect(ms()).toBeLessThan(60_000);
  player.seek(61_000);
  for (const each of [16, 16]) frames.turn(each);
  expect(ms()).toBeGreaterThan(durationMs - 1_000);
});

test('from change to change, forth and back, and it rests there', async () => {
  const { player, frames, ms } = await open();
  player.play();
  const seen = (way: 1 | -1): [number, string | undefined] => {
    player.step(way);
    return [ms(), player.read().moment.texts.get(songId)];
  };
  expect([seen(1), seen(1), seen(1), seen(-1), seen(-1), seen(-1)]).toEqual([
    [60_000, 'Silent'],
    [61_000, 'Silent night'],
    [durationMs, 'Silent night'],
    [61_000, 'Silent night'],
    [60_000, 'Silent'],
    [0, undefined],
  ]);
  expect([player.read().isPlaying, frames.isAsked]).toEqual([false, false]);
});

test('who changed how much when', async () => {
  const { player } = await open();
  expect(densityOf(player.playback, 4)).toEqual([
    { user_id: null, counts: [0, 0, 2, 0], total: 2 },
    { user_id, counts: [0, 0, 0, 0], total: 0 },
  ]);
});

test('who became what is among what was said, at its moment', async () => {
  const track: TrackEvent[] = [{ type: 'permission_changed', user_id, to: 'editor', ms: 30_000 }];
  const source = { startedMs: 0, durationMs, fromN: 0, base: null, earlier: [], recorded: [], track, device: () => undefined };
  const playback = await readPlayback(source, rest);
  const lines = saidLines(playback, (role) => `became ${role}`);
  expect(lines.map(({ ms, text, kind, place }) => ({ ms, text, kind, place }))).toEqual([
    { ms: 30_000, text: 'became editor', kind: 'role', place: 0 },
  ]);
  expect(playback.activityAfter(0)).toBe(30_000);
});
