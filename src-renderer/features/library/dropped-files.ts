import { hasNoEnding, isSongFile } from './song-files.ts';

/** More than any songbook; a whole disk that was dropped by mistake ends here. */
const filesAtMost = 1_000;
const depthAtMost = 8;

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => {
    entry.file(resolve, reject);
  });
}

/** A folder answers in portions; an empty one is the last. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (part.length === 0 || all.length > filesAtMost) return all;
    all.push(...part);
  }
}

async function collect(entry: FileSystemEntry, depth: number, found: File[]): Promise<void> {
  if (found.length >= filesAtMost || depth > depthAtMost) return;
  if (entry.isFile) {
    // What else lies in a folder was not meant; what was dropped by itself was, and its problem is named.
    if (depth === 0 || isSongFile(entry.name) || hasNoEnding(entry.name)) found.push(await fileOf(entry as FileSystemFileEntry));
    return;
  }
  const entries = await entriesOf(entry as FileSystemDirectoryEntry);
  entries.sort((one, other) => one.name.localeCompare(other.name));
  // One after another, so that they stay in their order and below the bound.
  // oxlint-disable-next-line no-await-in-loop
  for (const each of entries) await collect(each, depth + 1, found);
}

/** The files of a drop, those in dropped folders too. To be called while the event lasts. */
export async function droppedFiles(transfer: DataTransfer): Promise<File[]> {
  // The list of items is gone after the event.
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const files = [...transfer.files];
  if (entries.length === 0) return files;
  const found: File[] = [];
  // oxlint-disable-next-line no-await-in-loop
  for (const entry of entries) await collect(entry, 0, found);
  return found;
}
