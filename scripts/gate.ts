import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { findOrInstallChromium } from './chromium.ts';

// The gate: checks, then every test, then one line that counts them all.
const root = join(import.meta.dirname, '..');
/** Browsers come last and alone: they share their time with nothing else of the gate. What comes first often waits for sockets and disks. */
const stages = [
  { projects: ['unit', 'server', 'fuzz'], options: ['--maxWorkers=3'] },
  { projects: ['e2e'], options: [] },
] as const;

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
}

/** Runs a program of node_modules/.bin, which npm puts on the PATH; true when it ended well. */
function run(command: string, args: readonly string[]): boolean {
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' });
  return status === 0;
}

/** Counts of one stage; a stage that left no report counts as one failure. */
function runStage({ projects, options }: (typeof stages)[number]): { passed: number; failed: number; skipped: number } {
  const reportPath = join(root, '.cache', `test-report-${projects.join('-')}.json`);
  rmSync(reportPath, { force: true });
  const names = projects.flatMap((name) => ['--project', name]);
  const hasPassed = run('vitest', ['run', ...names, ...options, '--reporter=dot', '--reporter=json', `--outputFile.json=${reportPath}`]);
  const report = readReport(reportPath);
  if (report === null) return { passed: 0, failed: 1, skipped: 0 };
  const { numPassedTests: passed, numFailedTests, numPendingTests, numTodoTests } = report;
  // A file that does not even load fails without a failed test in it.
  return { passed, failed: numFailedTests + (!hasPassed && numFailedTests === 0 ? 1 : 0), skipped: numPendingTests + numTodoTests };
}

function readReport(path: string): Report | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Report;
  } catch {
    return null;
  }
}

const chromium = findOrInstallChromium();
if (chromium === null) {
  process.stderr.write('The tests need Chromium: install it, or name one in TEST_CHROMIUM.\n');
  process.exit(1);
}
process.env['TEST_CHROMIUM'] = chromium;

const isClean = run(process.execPath, [join(root, 'scripts', 'check.ts')]);
const isBuilt = run('vite', ['build', '--config', 'vite.renderer.config.ts', '--logLevel', 'error']);
mkdirSync(join(root, '.cache'), { recursive: true });
// Checks and build count as one test, so that the closing line tells the whole truth.
const isReady = isClean && isBuilt;
const counts = { passed: isReady ? 1 : 0, failed: isReady ? 0 : 1, skipped: 0 };
for (const stage of isBuilt ? stages : []) {
  const { passed, failed, skipped } = runStage(stage);
  counts.passed += passed;
  counts.failed += failed;
  counts.skipped += skipped;
}
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
process.exitCode = counts.failed === 0 ? 0 : 1;
