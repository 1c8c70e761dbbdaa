import type { ServerStatus } from '../../../shared/api/admin.ts';
import { en } from '../../text/en.ts';
import { durationWords, sizeWords } from './sizes.ts';

/** Below it a backup or a large import may fill the disk. */
const littleDiskBytes = 500_000_000;
/** A quarter of a second is what people feel while they play together. */
const lateSeconds = 0.25;

/** What whoever hosts should look after; empty: all is well. */
export function serverWarnings(status: ServerStatus): string[] {
  const words = en.admin.health.warnings;
  return [
    ...(status.free_disk_bytes < littleDiskBytes ? [words.disk(sizeWords(status.free_disk_bytes))] : []),
    ...(status.answers.failed > 0 ? [words.failed(status.answers.failed)] : []),
    ...(status.delay_seconds > lateSeconds ? [words.slow(durationWords(status.delay_seconds))] : []),
  ];
}
