import { parseEntry, type Entry } from '../../shared/ledger/entry.ts';
import type { RecordedEntry } from '../../shared/ledger/fold-stretch.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import { parseRecord } from '../../shared/ledger/record.ts';
import { readSongHistory, type SongHistory } from '../../shared/ledger/song-history.ts';
import type { CoreLedger } from './core-ledger.ts';

/** What waits at most: more is a year of writing without a network. */
const pendingAtMost = 100_000;

/** Lets the window draw and answer between two pieces of work. */
async function breathe(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
}

/**
 * The history of a song from what this computer keeps of the session, without any network. It is read from the disk each
 * time: the open ledger has let go of what a checkpoint stands for.
 */
export async function openSongHistory(
  { ledger, core, device }: { ledger: Ledger; core: Pick<CoreLedger, 'readWhole'>; device: string },
  songId: string,
): Promise<SongHistory> {
  const stored = await core.readWhole(device);
  const entries = new Map<string, Entry>();
  for (const bytes of stored.entries) {
    const entry = parseEntry(bytes);
    if (entry !== null) entries.set(entry.hash, entry);
    if (entries.size % 1_000 === 999) await breathe();
  }
  const recorded = [...stored.records].flatMap((bytes): RecordedEntry[] => {
    const record = parseRecord(bytes);
    return record === null ? [] : [{ record, entry: entries.get(record.hash) ?? null }];
  });
  const numbered = new Set(recorded.map(({ record }) => record.hash));
  return readSongHistory(
    {
      base: stored.start?.base ?? null,
      sessionBytes: ledger.sessionBytes,
      recorded,
      pending: ledger.foldedPending(pendingAtMost).filter(({ hash }) => ledger.modeOf(hash) === 'whole' && !numbered.has(hash)),
      userOf: (id) => ledger.device(id)?.user_id ?? null,
    },
    songId,
    breathe,
  );
}
