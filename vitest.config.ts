import { defineConfig } from 'vitest/config';

// Tests wait for conditions, never for time; the long limits only end what hangs.
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}', 'test/contract/**/*.test.ts'], testTimeout: 30_000 } },
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
          fileParallelism: false,
        },
      },
    ],
  },
});
