import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { findOrInstallChromium } from './chromium.ts';
import { countRules, ruleLine, type TestReport } from './rule-counts.ts';

const help = `npm run -s test:rules [-- --quick] [-- --report FILE…]
Runs the tests and prints one line a rule of the ledger, from their results.
  --quick        without the tests that need a browser
  --report FILE… runs nothing and reads the JSON reports of an earlier run (the gate's: .cache/test-report-*.json)
`;

const root = join(import.meta.dirname, '..');

/** Runs a program of node_modules/.bin, which npm puts on the PATH; only what goes wrong is heard. */
function run(command: string, args: readonly string[]): void {
  spawnSync(command, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
}

function runTests(isQuick: boolean): string {
  const reportPath = join(root, '.cache', 'rules-report.json');
  mkdirSync(join(root, '.cache'), { recursive: true });
  rmSync(reportPath, { force: true });
  const chromium = isQuick ? null : findOrInstallChromium();
  if (chromium !== null) process.env['TEST_CHROMIUM'] = chromium;
  const projects = ['unit', 'server', 'fuzz', ...(isQuick ? [] : ['e2e'])].flatMap((name) => ['--project', name]);
  run('vite', ['build', '--config', 'vite.renderer.config.ts', '--logLevel', 'error']);
  run('vitest', ['run', ...projects, '--reporter=json', `--outputFile.json=${reportPath}`]);
  return reportPath;
}

function main(args: readonly string[]): number {
  if (args.includes('--help')) {
    process.stdout.write(help);
    return 0;
  }
  const reportAt = args.indexOf('--report');
  const paths = reportAt < 0 ? [runTests(args.includes('--quick'))] : args.slice(reportAt + 1);
  const reports = paths.map((path) => JSON.parse(readFileSync(path, 'utf8')) as TestReport);
  const report: TestReport = { testResults: reports.flatMap(({ testResults }) => testResults) };
  const { counts, strangers, broken } = countRules(report);
  for (const count of counts) process.stdout.write(`${ruleLine(count)}\n`);
  for (const name of strangers) process.stderr.write(`a test names a rule that is none: ${name}\n`);
  for (const file of broken) process.stderr.write(`its tests could not be run: ${file}\n`);
  return counts.some(({ failed }) => failed > 0) || strangers.length > 0 || broken.length > 0 ? 1 : 0;
}

process.exitCode = main(process.argv.slice(2));
