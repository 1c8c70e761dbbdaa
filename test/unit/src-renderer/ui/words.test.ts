import { expect, test } from 'vitest';
import { faults } from '../../../../shared/base/errors.ts';
import { participantColors } from '../../../../shared/session/schemas.ts';
import { migrations } from '../../../../src-main/core/database/migrations.ts';
import { en } from '../../../../src-renderer/text/en.ts';
import { faultWords } from '../../../../src-renderer/text/fault-words.ts';
import { initials, inkOn } from '../../../../src-renderer/ui/initials.ts';
import { relativeTime } from '../../../../src-renderer/ui/relative-time.ts';

test('initials of all kinds of names', () => {
  expect(initials('Ann')).toBe('A');
  expect(initials('  ann  van  dyk ')).toBe('AD');
  expect(initials('Élodie Ñandú')).toBe('ÉÑ');
  expect(initials('👩‍👩‍👧 Trio')).toBe('👩‍👩‍👧T');
  expect(initials('')).toBe('');
});

function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

test('initials can be read on every colour a participant may have (AA)', () => {
  for (const color of participantColors) expect(contrast(color, inkOn(color))).toBeGreaterThanOrEqual(4.5);
});

test('moments in words round towards now', () => {
  const now = Date.parse('2026-11-20T12:00:00Z');
  const say = (at: string): string => relativeTime(Date.parse(at), now, 'just now');
  expect(say('2026-11-20T11:59:30Z')).toBe('just now');
  expect(say('2026-11-20T11:58:10Z')).toBe('1 minute ago');
  expect(say('2026-11-20T09:00:00Z')).toBe('3 hours ago');
  expect(say('2026-11-19T11:00:00Z')).toBe('yesterday');
  expect(say('2026-11-22T12:00:00Z')).toBe('in 2 days');
});

test('every fault has words of its own for people: none speaks of our insides', () => {
  expect(Object.keys(faultWords).sort()).toEqual(Object.keys(faults).sort());
  for (const { what, means } of Object.values(faultWords)) {
    expect(`${what} ${means}`).not.toMatch(/peer|CRDT|ledger|sync conflict|token|socket/iu);
  }
});

test('every table that may be damaged has words of its own; what comes back by itself is told only of sessions', () => {
  const tables = migrations.flatMap((sql) => [...sql.matchAll(/CREATE TABLE (\w+)/g)].map(([, name = '']) => name));
  const sessions = /what was played in sessions. .*Sessions are filled up/;
  for (const table of tables.filter((name) => name !== 'song_words')) {
    expect([table, sessions.test(en.recovery.missing([table]))]).toEqual([table, table.startsWith('ledger_')]);
  }
  expect(en.recovery.missing(['ledger_entries', 'songs'])).toMatch(/songs\. Look which songs are missing.* Sessions are filled up/);
});
