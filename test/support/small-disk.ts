import { spawnSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A mount namespace of one's own: a small disk for one process only. */
const inOwnMounts = ['unshare', '-Urm', 'sh', '-c'] as const;

/** Where the system lets nobody mount a small disk (no user namespaces), tests that need one are skipped, and counted so. */
export const canMount = spawnSync(inOwnMounts[0], [...inOwnMounts.slice(1), 'mount -t tmpfs -o size=64k none /mnt']).status === 0;

/** What starts a program for which `directory` is a disk of this size. */
export function withSmallDisk(directory: string, size: string): string[] {
  return [...inOwnMounts, 'mount -t tmpfs -o size="$2" none "$1" && shift 2 && exec "$@"', 'sh', directory, size];
}

/** Nothing more goes on that disk. Answers what makes room again. @param pid of the program that has it */
export function fillSmallDisk(pid: number, directory: string): () => void {
  const path = `/proc/${String(pid)}/root${directory}`;
  const filler = join(path, 'filler');
  const { bavail, bsize } = statfsSync(path);
  writeFileSync(filler, Buffer.alloc(bavail * bsize));
  return () => rmSync(filler);
}
