import { expect, test } from 'vitest';
import { makeCheckpoint } from '../../../shared/ledger/make-checkpoint.ts';
import { readSongHistory, type HistorySource, type SongHistory } from '../../../shared/ledger/song-history.ts';
import { Band, settled, songId, type Member } from '../../support/band.ts';
import { Pipe } from '../../support/pipe.ts';

const minuteMs = 60_000;
const rest = async (): Promise<void> => undefined;

async function rehearse(): Promise<{ band: Band; ann: Member; bob: Member; wrote: (count: number) => Promise<void> }> {
  const band = await Band.open();
  const [ann, bob] = [await band.join('Ann', 'editor'), await band.join('Bob', 'editor')];
  for (const member of [ann, bob]) new Pipe(member, band);
  const wrote = (count: number): Promise<void> => settled(() => [band, ann, bob].every(({ ledger }) => ledger.n === count), band);
  return { band, ann, bob, wrote };
}

function sourceOf({ ledger }: Band, change: Partial<HistorySource> = {}): HistorySource {
  return {
    base: null,
    sessionBytes: ledger.sessionBytes,
    recorded: ledger.records.map(({ record }) => ({ record, entry: ledger.entry(record.hash) ?? null })),
    pending: [],
    userOf: (device) => ledger.device(device)?.user_id ?? null,
    ...change,
  };
}

/** The same, each entry received at so many minutes. */
function at(source: HistorySource, minutes: readonly number[]): HistorySource {
  const recorded = source.recorded.map(({ entry, record }, index) => ({
    entry,
    record: { ...record, receivedAt: (minutes[index] ?? 0) * minuteMs },
  }));
  return { ...source, recorded };
}

const userOf = (band: Band, { device }: Member): string => band.ledger.device(device)?.user_id ?? '';

function shortOf({ versions }: SongHistory): unknown[] {
  return versions.map(({ user_id, text, added, removed }) => [user_id, text, added, removed]);
}

test('a person who writes on is one version; a pause or another person begins the next', async () => {
  const { band, ann, bob, wrote } = await rehearse();
  ann.type(0, 'Silent ');
  await wrote(1);
  ann.type(7, 'night');
  await wrote(2);
  bob.type(12, '\nHoly night');
  await wrote(3);
  bob.text.delete(0, 7);
  await wrote(4);
  const history = await readSongHistory(at(sourceOf(band), [0, 0.1, 0.2, 3.2]), songId, rest);
  const [a, b] = [userOf(band, ann), userOf(band, bob)];
  expect(history.start).toBe('');
  expect(shortOf(history)).toEqual([
    [a, 'Silent night', 12, 0],
    [b, 'Silent night\nHoly night', 11, 0],
    [b, 'night\nHoly night', 0, 7],
  ]);
  expect(history.versions.map(({ n }) => n)).toEqual([2, 3, 4]);
  expect(history.lines.map(({ text, authors }) => [text, authors.map(({ user_id }) => user_id)])).toEqual([
    ['night', [a]],
    ['Holy night', [b]],
  ]);
});

test('a line that two wrote in names both, who wrote last first', async () => {
  const { band, ann, bob, wrote } = await rehearse();
  ann.type(0, 'All is calm');
  await wrote(1);
  bob.type(3, ' of it');
  await wrote(2);
  const { lines } = await readSongHistory(at(sourceOf(band), [0, 1]), songId, rest);
  expect(lines.map(({ text }) => text)).toEqual(['All of it is calm']);
  expect(lines[0]?.authors.map(({ user_id }) => user_id)).toEqual([userOf(band, bob), userOf(band, ann)]);
});

test('who came late has the history from their first checkpoint on, and what waits for its record', async () => {
  const { band, ann, bob, wrote } = await rehearse();
  ann.type(0, 'Silent');
  await wrote(1);
  const made = await makeCheckpoint(band.ledger, band.keys.signer);
  if (made === null) throw new Error('no checkpoint');
  bob.type(6, ' night');
  await wrote(2);
  const { recorded } = sourceOf(band);
  const [last] = recorded.slice(1);
  const source = sourceOf(band, { base: made.base, recorded: [], pending: last?.entry == null ? [] : [last.entry] });
  const history = await readSongHistory(source, songId, rest);
  expect(history.start).toBe('Silent');
  expect(shortOf(history)).toEqual([[userOf(band, bob), 'Silent night', 6, 0]]);
  expect(history.versions[0]?.n).toBeNull();
  const [line] = history.lines;
  expect(line?.authors.map(({ user_id, atMs }) => [user_id, atMs === null])).toEqual([
    [userOf(band, bob), false],
    [userOf(band, ann), true],
  ]);
});

test('what did not count is in no version', async () => {
  const { band, ann, bob, wrote } = await rehearse();
  ann.type(0, 'Silent');
  await wrote(1);
  bob.type(6, ' night');
  await wrote(2);
  const source = sourceOf(band);
  const recorded = source.recorded.map(({ record, entry }, at) => ({
    entry,
    record: at === 1 ? { ...record, verdict: 1 as const } : record,
  }));
  expect(shortOf(await readSongHistory({ ...source, recorded }, songId, rest))).toEqual([[userOf(band, ann), 'Silent', 6, 0]]);
});
