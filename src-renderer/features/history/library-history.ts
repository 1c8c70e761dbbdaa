import type { ResultOf } from '../../../shared/ipc/contract.ts';
import type { SongHistory } from '../../../shared/ledger/song-history.ts';
import { changeBetween } from '../chart/editor/text-change.ts';

/** Versions of a song of the library as the history shows them: of one person, and with what each changed. */
export function libraryHistory(versions: ResultOf<'library.versions'>): SongHistory {
  return {
    start: '',
    lines: [],
    versions: versions.map(({ id, from_at, to_at, chordpro: text }, at) => {
      const change = changeBetween(versions[at - 1]?.chordpro ?? '', text);
      return {
        id: String(id),
        user_id: null,
        fromMs: Date.parse(from_at),
        toMs: Date.parse(to_at),
        n: at,
        text,
        added: change?.insert.length ?? 0,
        removed: change === null ? 0 : change.to - change.from,
      };
    }),
  };
}
