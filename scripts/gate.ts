import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { findOrInstallChromium } from './chromium.ts';

// The gate: checks, then every test, then one line that counts them all.
const root = join(import.meta.dirname, '..');
const reportPath = join(root, '.cache', 'test-report.json');

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  success: boolean;
}

/** Runs a program of node_modules/.bin, which npm puts on the PATH; true when it ended well. */
function run(command: string, args: readonly string[]): boolean {
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' });
  return status === 0;
}

function readReport(): Report | null {
  try {
    return JSON.parse(readFileSync(reportPath, 'utf8')) as Report;
  } catch {
    return null;
  }
}

const chromium = findOrInstallChromium();
if (chromium === null) {
  process.stderr.write('The tests need Chromium: install it, or name one in CHORDME_CHROMIUM.\n');
  process.exit(1);
}
process.env['CHORDME_CHROMIUM'] = chromium;

const isClean = run(process.execPath, [join(root, 'scripts', 'check.ts')]);
const isBuilt = run('vite', ['build', '--config', 'vite.renderer.config.ts', '--logLevel', 'error']);
mkdirSync(join(root, '.cache'), { recursive: true });
rmSync(reportPath, { force: true });
const hasPassed = isBuilt && run('vitest', ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${reportPath}`]);
const report = readReport();
// Checks count as one test, so that the closing line tells the whole truth.
const passed = (report?.numPassedTests ?? 0) + (isClean ? 1 : 0);
const failed = (report?.numFailedTests ?? 0) + (isClean ? 0 : 1) + (report === null || (!hasPassed && report.numFailedTests === 0) ? 1 : 0);
const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exitCode = failed === 0 ? 0 : 1;
