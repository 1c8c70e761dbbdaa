import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

// The specs of whole apps, in Electron's own window instead of a browser. The others of that folder are about browsers.
const root = join(import.meta.dirname, '..');
const specs = [
  'electron',
  'chart/library-import',
  'interface/places',
  'first-rehearsal',
  'session-people',
  'drafts',
  'rehearsal-past',
  'meeting-point',
];

/** Under npm, `node_modules/.bin` is on the PATH. */
function run(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, TEST_SHELL: 'electron' },
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(1);
}

if (existsSync(join(root, 'node_modules', 'electron', 'dist'))) {
  run('electron-vite', ['build', '--logLevel', 'error']);
  run('vitest', ['run', '--project', 'e2e', ...specs.map((name) => `test/e2e/${name}`)]);
} else {
  process.stdout.write("skipped: Electron's runtime is not installed; npm exec -- install-electron fetches it\n");
}
