import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { limits } from '../../../shared/base/limits.ts';
import { makeReport, withoutNames } from '../../../src-main/core/app/report.ts';
import { openLogFile } from '../../../src-main/core/log/log-file.ts';
import { openLog } from '../../../src-main/core/log/open-log.ts';
import { openTestCore, testDirectory } from '../../support/test-core.ts';

test('a report names programs and troubles, but no person, folder of theirs, or address', () => {
  const log = `{"msg":"no answer of https://band.example:4777/api","path":"${homedir()}/Music","who":"ann@example.org","ip":"192.168.1.20"}`;
  const text = makeReport({ version: '1.2.3', platform: 'linux', server: null, account: null }, log);
  expect(text).toContain('ChordMe 1.2.3 (linux)');
  expect(text).toContain('"path":"~/Music"');
  expect(text).not.toMatch(/band\.example|ann@|192\.168/);
  expect(makeReport({ version: '1.2.3', platform: 'web', server: null, account: null }, '')).toContain('Nothing in the log.');
  expect(withoutNames(String.raw`C:\\Users\\Ann\\Music`, String.raw`C:\Users\Ann`)).toBe(String.raw`~\\Music`);
});

test.each([
  '{"time":"2026-11-30T13:02:33.001Z","err":{"message":"getaddrinfo ENOTFOUND chords.example.org","hostname":"chords.example.org"}}',
  '{"time":"2026-11-30T13:02:33.001Z","err":{"message":"listen EADDRINUSE: address already in use fd00:ab::2:4777","address":"fd00:ab::2"}}',
  '{"time":"2026-11-30T13:02:33.001Z","err":{"message":"connect ECONNREFUSED 2001:db8:0:1:1:1:1:1:443"}}',
])('an error of the network names no computer in a report: %s', (log) => {
  const text = withoutNames(log, '/home/ann');
  expect(text).not.toMatch(/example\.org|fd00|2001:db8/);
  expect(text).toMatch(/2026-11-30T13:02:33\.001Z.*(?:ENOTFOUND|EADDRINUSE|ECONNREFUSED)/);
});

test('a long log is cut at its beginning', () => {
  const text = makeReport(
    { version: '1', platform: 'web', server: null, account: null },
    `first${'x'.repeat(limits.reportLogCharacters)}last`,
  );
  expect(text.endsWith('last')).toBe(true);
  expect(text).not.toContain('first');
});

test('the log is two files of a bounded size, for their owner only; one that cannot be written harms nobody', () => {
  const directory = join(testDirectory(), 'logs');
  const log = openLogFile(directory);
  expect(log.tail()).toBe('');
  const line = `${'x'.repeat(999)}\n`;
  for (let at = 0; at < limits.logBytes / 1_000 + 10; at += 1) log.write(line);
  log.write('newest\n');
  const file = join(directory, 'chordme.log');
  expect(statSync(file).size).toBeLessThan(20_000);
  expect(statSync(`${file}.1`).size).toBeLessThanOrEqual(limits.logBytes);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(log.tail().endsWith('newest\n')).toBe(true);
  // Goes on where another start ended.
  openLogFile(directory).write('next start\n');
  expect(readFileSync(file, 'utf8').endsWith('newest\nnext start\n')).toBe(true);

  const blocked = join(testDirectory(), 'logs');
  writeFileSync(blocked, '');
  const none = openLogFile(blocked);
  none.write('lost');
  expect(none.tail()).toBe('');
});

test('what a page noted is in the report of the app, and in the file', async () => {
  const dataDir = join(testDirectory(), 'data');
  mkdirSync(dataDir);
  const { logger, file } = openLog(dataDir);
  const core = await openTestCore({ dataDir, logger, log: file });
  await core.invoke('app.note_problem', { message: 'TypeError: no chord' });
  expect(await core.invoke('app.report', {})).toMatchObject({ ok: true, result: { text: expect.stringContaining('TypeError: no chord') } });
  expect(readFileSync(join(dataDir, 'logs', 'chordme.log'), 'utf8')).toContain('a page stopped working');
});
