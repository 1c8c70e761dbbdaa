import { spawnSync } from 'node:child_process';
import process from 'node:process';

// Types, lint, format, unused code: quiet when all is well. Under npm, `node_modules/.bin` is on the PATH.
const parts: readonly (readonly [string, ...string[]])[] = [
  ['tsc', '-b'],
  ['oxlint', '--type-aware', '--deny-warnings'],
  ['oxfmt', '--check', '.'],
  ['knip'],
];

let failed = 0;
for (const [command, ...args] of parts) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', shell: process.platform === 'win32' });
  if (status === 0) continue;
  failed += 1;
  process.stderr.write(`${command} ${args.join(' ')}:\n${stdout ?? ''}${stderr ?? ''}${error === undefined ? '' : `${error.message}\n`}`);
}
process.exitCode = failed === 0 ? 0 : 1;
