import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';

/** Where systems keep their Chromium; `TEST_CHROMIUM` names another one. */
const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The browser that tests run in, or null when none is installed. */
export function findChromium(): string | null {
  return process.env['TEST_CHROMIUM'] ?? usualPlaces.find((path) => existsSync(path)) ?? null;
}

/** Finds Chromium, on Debian and its kin installs it as root; null when there is none to be had. */
export function findOrInstallChromium(): string | null {
  const found = findChromium();
  const isDebian = existsSync('/usr/bin/apt-get');
  if (found !== null || !isDebian || process.getuid?.() !== 0) return found;
  process.stderr.write('Installing Chromium for the tests in real browsers…\n');
  spawnSync('apt-get', ['update'], { stdio: 'ignore' });
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], {
    stdio: 'ignore',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return findChromium();
}
