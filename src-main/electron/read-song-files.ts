import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { limits } from '../../shared/base/limits.ts';
import type { Arrival } from '../../shared/ipc/contract.ts';

/** As in electron-builder.yml: the files that the system opens with this app. */
export const songEndings = ['cho', 'chopro', 'crd', 'pro'] as const;
const songPath = new RegExp(String.raw`\.(?:${songEndings.join('|')})$`, 'i');

export function isSongPath(path: string): boolean {
  return songPath.test(path);
}

type SongFiles = Extract<Arrival, { kind: 'files' }>['files'];

/** Four bytes a character is the most that UTF-8 takes; what is larger is passed on short, so that the import says why. */
const bytesAtMost = limits.songCharacters * 4 + 1;

async function readStart(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  // Opening a pipe would wait for ever, and a device has no end.
  if (!(await stat(path)).isFile()) return null;
  const file = await open(path, 'r');
  try {
    const bytes = new Uint8Array(bytesAtMost);
    const { bytesRead } = await file.read(bytes, 0, bytesAtMost, 0);
    return bytes.slice(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Song files by path, as they come into the library; what cannot be read is told to `onUnreadable` by its name. */
export async function readSongFiles(paths: readonly string[], onUnreadable: (name: string) => void): Promise<SongFiles> {
  const files: SongFiles = [];
  for (const path of paths.filter(isSongPath).slice(0, limits.openedFiles)) {
    const name = basename(path).slice(-255);
    // One after another: a folder of songs is not held in memory twice.
    // oxlint-disable-next-line no-await-in-loop
    const content = await readStart(path).catch(() => null);
    if (content === null) onUnreadable(name);
    else files.push({ name, content });
  }
  return files;
}
