import { defineConfig } from 'vitest/config';

// Tests wait for conditions, never for time; the long limits only end what hangs.
export default defineConfig({
  test: {
    // Vitest leaves a processor free, which on a machine of two is half of it. Of the browsers' files only two run at a time.
    maxWorkers: '100%',
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}', 'test/contract/**/*.test.ts'], testTimeout: 120_000 } },
      {
        test: { name: 'server', include: ['test/server/**/*.test.ts', 'test/ipc/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 },
      },
      { test: { name: 'fuzz', include: ['test/fuzz/**/*.test.ts'], testTimeout: 600_000 } },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
