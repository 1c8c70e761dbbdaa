import type { Ledger } from '../../shared/ledger/ledger.ts';
import { readSongHistory, type SongHistory } from '../../shared/ledger/song-history.ts';
import type { CoreLedger } from './core-ledger.ts';
import { breathe, readStoredStretch } from './stored-stretch.ts';

/** What waits at most: more is a year of writing without a network. */
const pendingAtMost = 100_000;

/**
 * The history of a song from what this computer keeps of the session, without any network. It is read from the disk each
 * time: the open ledger has let go of what a checkpoint stands for.
 */
export async function openSongHistory(
  { ledger, core, device }: { ledger: Ledger; core: Pick<CoreLedger, 'readWhole'>; device: string },
  songId: string,
): Promise<SongHistory> {
  // Before the disk is read: a record that comes meanwhile is in neither otherwise.
  const waiting = ledger.foldedPending(pendingAtMost).filter(({ hash }) => ledger.modeOf(hash) === 'whole');
  const { base, recorded } = await readStoredStretch(await core.readWhole(device));
  const numbered = new Set(recorded.map(({ record }) => record.hash));
  return readSongHistory(
    {
      base,
      sessionBytes: ledger.sessionBytes,
      recorded,
      pending: waiting.filter(({ hash }) => !numbered.has(hash)),
      userOf: (id) => ledger.device(id)?.user_id ?? null,
    },
    songId,
    breathe,
  );
}
