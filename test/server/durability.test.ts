import { expect, test } from 'vitest';
import { runKillLoop } from '../support/kill-loop.ts';
import { testDirectory } from '../support/test-core.ts';

/** Five minutes of it: `npm run bench -- durability`. */
const rounds = 1;

test(
  '[R-AUT-2] killed under mixed load, again and again: nothing that was acknowledged is lost, and the database is sound',
  { timeout: 180_000 },
  async () => {
    const report = await runKillLoop(testDirectory(), { isOver: (round) => round >= rounds, writes: (round) => 60 + ((round * 37) % 50) });
    expect(report).toMatchObject({ rounds, lost: [], damage: [] });
    for (const what of ['createSession', 'updateSession', 'sendMessage', 'addComment', 'replaceDocument', 'refresh', 'ledger entries'])
      expect(report.acknowledged[what], what).toBeGreaterThan(0);
  },
);
