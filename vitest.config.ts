import { basename } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longest, small as some are: a fresh clone knows no durations to sort by, and goes by sizes. */
const longest = new Set(['hostile-sockets.test.ts', 'ledger.test.ts', 'matrix.test.ts', 'hostile-text.test.ts']);

function isLong({ moduleId }: TestSpecification): boolean {
  return longest.has(basename(moduleId));
}

/** Lest one file runs on alone when all others are done. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

// Tests wait for conditions, never for time; the long limits only end what hangs.
export default defineConfig({
  test: {
    // Vitest leaves a processor free, which on a machine of two is half of it. Of the browsers' files only two run at a time.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    projects: [
      // Files in one worker share the modules that they import: to load them anew for each took longer than many a file's tests.
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.{ts,tsx}', 'test/contract/**/*.test.ts'],
          testTimeout: 120_000,
          isolate: false,
        },
      },
      {
        test: {
          name: 'server',
          include: ['test/server/**/*.test.ts', 'test/ipc/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          isolate: false,
        },
      },
      { test: { name: 'fuzz', include: ['test/fuzz/**/*.test.ts'], testTimeout: 600_000 } },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          maxWorkers: 2,
          isolate: false,
          // A second is short where two browsers, or three, share a busy processor.
          expect: { poll: { timeout: 30_000 } },
        },
      },
    ],
  },
});
