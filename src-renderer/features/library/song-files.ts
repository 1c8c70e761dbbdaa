import { limits } from '../../../shared/base/limits.ts';
import type { Bridge } from '../../../shared/ipc/contract.ts';
import type { LibrarySongHead } from '../../../shared/ipc/library.ts';
import { ask } from '../../app/ask.ts';
import { en } from '../../text/en.ts';

/** ChordPro, text with chords above the words, OnSong, OpenSong; what is in a file is read from the file. */
const songFileEndings = ['.cho', '.chopro', '.crd', '.pro', '.chordpro', '.txt', '.onsong', '.xml'] as const;

/** OpenSong gives its files no ending: only their text tells. */
export function hasNoEnding(name: string): boolean {
  return /^[^.]+$/u.test(name);
}

/** A batch stays below what one call may carry, so that progress can be shown between them. */
const filesPerBatch = 25;
const bytesPerBatch = 4 * 1024 * 1024;

export interface ImportReport {
  songs: LibrarySongHead[];
  problems: { file: string; message: string }[];
}

/** Whether a file is one that the library reads, by its ending. */
export function isSongFile(name: string): boolean {
  return songFileEndings.some((ending) => name.toLowerCase().endsWith(ending));
}

/** Splits by number and size; a file that is too large alone is a batch of its own and core says so. */
export function inBatches<F extends { size: number }>(files: readonly F[]): F[][] {
  const batches: F[][] = [];
  let current: F[] = [];
  let bytes = 0;
  for (const file of files) {
    if (current.length > 0 && (current.length >= filesPerBatch || bytes + file.size > bytesPerBatch)) {
      batches.push(current);
      current = [];
      bytes = 0;
    }
    current.push(file);
    bytes += file.size;
  }
  if (current.length > 0) batches.push(current);
  return batches;
}

/** Reads files of this computer into the library; one that cannot be read does not hold up the others. */
export async function importSongFiles(
  bridge: Bridge,
  files: readonly File[],
  { keepsKnown, onProgress }: { keepsKnown: boolean; onProgress: (done: number) => void },
): Promise<ImportReport> {
  const report: ImportReport = { songs: [], problems: [] };
  let done = 0;
  for (const batch of inBatches(files)) {
    const readable = batch.filter((file) => isSongFile(file.name) && file.size <= limits.songCharacters * 4);
    for (const file of batch.filter((each) => !readable.includes(each))) {
      report.problems.push({ file: file.name, message: isSongFile(file.name) ? en.library.tooLarge : en.library.notASong });
    }
    const contents = await Promise.all(
      readable.map(async (file) => ({ name: file.name.slice(-255), content: new Uint8Array(await file.arrayBuffer()) })),
    );
    if (contents.length > 0) {
      const part = await ask(bridge, 'library.import', { files: contents, keeps_known: keepsKnown });
      report.songs.push(...part.songs);
      report.problems.push(...part.problems);
    }
    done += batch.length;
    onProgress(done);
  }
  return report;
}
