import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testDirectory } from '../../support/test-core.ts';

const scene = join(import.meta.dirname, '..', '..', 'support', 'disk-scene.ts');
/** A mount namespace of one's own: a small disk for this test only. */
const inOwnMounts = (script: string, ...args: string[]): ReturnType<typeof spawnSync> =>
  spawnSync('unshare', ['-Urm', 'sh', '-c', script, 'sh', ...args], { encoding: 'utf8' });
const canMount = inOwnMounts('mount -t tmpfs -o size=64k none /mnt').status === 0;

// Where the system lets nobody mount a small disk (no user namespaces), these are skipped, and counted so.
test.skipIf(!canMount)(
  'a full disk refuses what it cannot keep, loses nothing, and takes again; a full or read-only one is told at the start',
  () => {
    const run = inOwnMounts('mount -t tmpfs -o size=2m none "$1" && exec "$2" "$3" "$1"', testDirectory(), process.execPath, scene);
    expect(run.stderr).toBe('');
    const said = JSON.parse(String(run.stdout)) as Record<string, unknown>;
    expect(said).toMatchObject({
      whenFull: { ok: false, code: 'disk-full' },
      listedWhenFull: ['Kept'],
      listedAfter: ['Kept', 'Room again'],
      listedAtLast: ['Kept'],
    });
    expect(said['startOnFull']).toMatch(/^The disk that holds .* is full/);
    for (const start of ['startOnReadOnly', 'firstStartOnReadOnly']) {
      expect([start, said[start]]).toEqual([start, expect.stringMatching(/^ChordMe cannot write to .*read-only/)]);
    }
  },
);
