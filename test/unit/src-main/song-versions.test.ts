import { expect, onTestFinished, test } from 'vitest';
import { limits } from '../../../shared/base/limits.ts';
import { ask, refusal } from '../../support/ask.ts';
import { FakeTime } from '../../support/fake-time.ts';
import { openTestCore } from '../../support/test-core.ts';

const minuteMs = 60_000;

async function openSong(chordpro: string) {
  const clock = new FakeTime();
  const core = await openTestCore({ clock });
  const { id } = await ask(core, 'library.create', { chordpro });
  const save = async (text: string, afterMs = 1_000, is_apart = false): Promise<void> => {
    clock.advance(afterMs);
    await ask(core, 'library.save', { id, chordpro: text, is_apart });
  };
  const versions = () => ask(core, 'library.versions', { id });
  const texts = async () => (await versions()).map(({ chordpro: text }) => text);
  return { core, clock, id, save, versions, texts };
}

test('what a song of the library was is kept by pause; who writes on and on begins a version after ten minutes', async () => {
  const { core, id, save, versions, texts } = await openSong('a');
  expect(await texts()).toEqual([]);
  await save('ab');
  await save('abc');
  expect(await texts()).toEqual(['a', 'abc']);
  await save('abcd', 3 * minuteMs);
  expect(await texts()).toEqual(['a', 'abc', 'abcd']);
  for (let minute = 0; minute < 11; minute++) await save(`abcd${minute}`, minuteMs);
  expect(await texts()).toEqual(['a', 'abc', 'abcd8', 'abcd10']);
  const [, written] = await versions();
  expect(Date.parse(written?.to_at ?? '') - Date.parse(written?.from_at ?? '')).toBe(1_000);
  // Nothing was changed: no version.
  await save('abcd10', 9 * minuteMs);
  expect(await texts()).toHaveLength(4);
  await ask(core, 'library.remove', { id });
  expect(await refusal(core, 'library.versions', { id })).toBe('not-found');
  await ask(core, 'library.restore', { id });
  expect(await texts()).toHaveLength(4);
});

test('what was written just before an older version is brought back stays, and so does what was brought back', async () => {
  const { save, texts } = await openSong('old');
  await save('new');
  await save('old', 1_000, true);
  await save('old and more', 1_000);
  expect(await texts()).toEqual(['old', 'new', 'old', 'old and more']);
});

test('of many versions those go that are missed least: the first and the newest stay, and of older ones fewer', async () => {
  const { songVersions, songVersionCharacters } = limits;
  Object.assign(limits, { songVersions: 12, songVersionCharacters: 100 });
  onTestFinished(() => void Object.assign(limits, { songVersions, songVersionCharacters }));
  const { save, texts, versions } = await openSong('v0');
  for (let at = 1; at <= 60; at++) await save(`v${at}`, 5 * minuteMs);
  const kept = (await texts()).map((text) => Number(text.slice(1)));
  expect(kept).toHaveLength(12);
  expect([kept[0], ...kept.slice(-4)]).toEqual([0, 57, 58, 59, 60]);
  const times = (await versions()).map(({ to_at }) => Date.parse(to_at));
  const gaps = times.slice(1).map((ms, at) => ms - (times[at] ?? 0));
  expect(gaps[1]).toBeGreaterThan(3 * (gaps.at(-1) ?? 0));
  await save('x'.repeat(60), 5 * minuteMs);
  const rest = await texts();
  expect(rest.reduce((sum, text) => sum + text.length, 0)).toBeLessThanOrEqual(100);
  expect([rest[0], rest.at(-1)]).toEqual(['v0', 'x'.repeat(60)]);
});
