import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readStartOptions } from '../../../scripts/start-options.ts';
import { StartProblem } from '../../../src-main/core/start-problem.ts';
import { appDataDirectory } from '../../../src-main/core/app-data-directory.ts';

test('without options: the app inside, in the platform’s place, on the port of last time', () => {
  expect(readStartOptions([], 'linux', { XDG_DATA_HOME: '/data' })).toEqual({
    serverUrl: null,
    dataDir: resolve('/data/chordme'),
    port: null,
    isOpening: true,
    isWeb: false,
  });
});

test('every option is read; --no-open is for the web shell', () => {
  const args = ['--server', 'https://band.example', '--data-dir', 'here', '--port', '4242', '--no-open'];
  expect(readStartOptions(args, 'linux', {})).toEqual({
    serverUrl: 'https://band.example',
    dataDir: resolve('here'),
    port: 4242,
    isOpening: false,
    isWeb: true,
  });
  expect(readStartOptions(['--help'], 'linux', {})).toBeNull();
});

const refused: [string, string[]][] = [
  ['a word', ['extra']],
  ['a port without its number', ['--port']],
  ['a port that is no number', ['--port', 'x']],
  ['a port that does not exist', ['--port', '65536']],
  ['a server that is no address', ['--server', 'band']],
];
test.each(refused)('%s is refused with a message for people', (_, args) => {
  expect(() => readStartOptions(args, 'linux', {})).toThrow(StartProblem);
});

test('the platform’s place for data', () => {
  expect(appDataDirectory('linux', { XDG_DATA_HOME: 'relative' })).toBe(join(homedir(), '.local', 'share', 'chordme'));
  expect(appDataDirectory('darwin', {})).toBe(join(homedir(), 'Library', 'Application Support', 'ChordMe'));
  expect(appDataDirectory('win32', { APPDATA: '/appdata' })).toBe(join('/appdata', 'ChordMe'));
});
