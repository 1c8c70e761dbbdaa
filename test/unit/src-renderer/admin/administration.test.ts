import { expect, test } from 'vitest';
import { limitsDraftOf, readLimits } from '../../../../src-renderer/features/admin/limits-draft.ts';
import { serverWarnings } from '../../../../src-renderer/features/admin/server-warnings.ts';
import { durationWords, sizeWords } from '../../../../src-renderer/features/admin/sizes.ts';

const limits = {
  max_users: null,
  max_sessions_per_user: 20,
  auto_cleanup_after: { min: 60, max: 366 * 86_400 },
  archive_after: { min: 86_400, max: 90 * 86_400 },
};

test('limits that are not touched are saved as they were; empty means none', () => {
  const draft = limitsDraftOf(limits);
  expect(draft).toMatchObject({
    max_users: '',
    max_sessions_per_user: '20',
    cleanup_min: { count: '1', unit: 'minutes' },
    archive_max: { count: '90', unit: 'days' },
  });
  expect(readLimits(draft)).toEqual({ limits, wrong: null });
  expect(readLimits({ ...draft, max_users: '5', cleanup_min: { count: '12', unit: 'hours' as const } }).limits).toMatchObject({
    max_users: 5,
    auto_cleanup_after: { min: 43_200 },
  });
});

test('what the server would refuse is named before it is asked', () => {
  const draft = limitsDraftOf(limits);
  expect(readLimits({ ...draft, max_users: '0', max_sessions_per_user: 'many' }).wrong).toEqual(['max_users', 'max_sessions_per_user']);
  expect(readLimits({ ...draft, archive_min: { count: '91', unit: 'days' } }).wrong).toEqual(['archive_after']);
  expect(readLimits({ ...draft, cleanup_max: { count: '', unit: 'days' } }).wrong).toEqual(['auto_cleanup_after']);
});

test('figures in words', () => {
  expect([12, 1_499, 230_400_000, 1_440_000_000, 52_000_000_000].map(sizeWords)).toEqual([
    '12 bytes',
    '1.5 KB',
    '230 MB',
    '1.4 GB',
    '52 GB',
  ]);
  expect([0, 0.0004, 0.0034, 0.25, 1.24].map(durationWords)).toEqual(['0 ms', '< 1 ms', '3 ms', '250 ms', '1.2 s']);
});

test('a full disk, failed answers and a late server are told; a quiet one has nothing to tell', () => {
  const status = {
    version: '0.1.0',
    started_at: '2026-01-01T00:00:00.000Z',
    public_url: '',
    mail_from: null,
    sockets: { signaling: 0, ledger: 0, events: 0 },
    memory_bytes: 1,
    database_bytes: 1,
    free_disk_bytes: 9e9,
    answers: { total: 10, failed: 0, average_seconds: 0.01 },
    delay_seconds: 0.002,
  };
  expect(serverWarnings(status)).toEqual([]);
  const bad = { ...status, free_disk_bytes: 2e8, answers: { ...status.answers, failed: 1 }, delay_seconds: 0.3 };
  expect(serverWarnings(bad)).toEqual([
    expect.stringContaining('200 MB are free'),
    '1 answer went wrong since it started. The log of the server says what.',
    expect.stringContaining('300 ms late'),
  ]);
});
