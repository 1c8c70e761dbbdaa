import { ActionIcon } from '@mantine/core';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { ChevronLeft, History } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link, useParams } from 'react-router';
import type { Bridge } from '../../../shared/ipc/contract.ts';
import type { SongHistory } from '../../../shared/ledger/song-history.ts';
import { ask } from '../../app/ask.ts';
import { useBridge } from '../../app/parts.tsx';
import { keys, toFault, useLibrarySong } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { sayDone, sayFault } from '../../ui/notices.tsx';
import { useTitle } from '../../ui/page.tsx';
import '../library/song-page.css';
import './history.css';
import { libraryHistory } from './library-history.ts';
import { SongVersions, type RestoreText } from './song-versions.tsx';

const words = en.songHistory;

/** Told anew with the library: core says so by one event. */
function useLibraryHistory(id: string): UseQueryResult<SongHistory> {
  const bridge = useBridge();
  return useQuery({
    queryKey: [...keys.library, 'versions', id],
    queryFn: async () => libraryHistory(await ask(bridge, 'library.versions', { id })),
    gcTime: 0,
  });
}

/** What is undone is what was brought back: not what somebody wrote since. */
async function undoRestore(bridge: Bridge, id: string, restored: string, before: string): Promise<void> {
  const { chordpro } = await ask(bridge, 'library.get', { id });
  if (chordpro !== restored) sayDone(words.changedSince);
  else await ask(bridge, 'library.save', { id, chordpro: before, is_apart: true });
}

/** `/song/:id/history`: what a song of the library was. */
export function LibraryHistoryPage(): ReactElement {
  const { id = '' } = useParams();
  const bridge = useBridge();
  const song = useLibrarySong(id);
  const history = useLibraryHistory(id);
  const name = song.data?.title ?? '';
  const title = name === '' ? words.untitled : name;
  useTitle(words.titleOf(title));
  const restoreText: RestoreText = async (change) => {
    const { chordpro } = await ask(bridge, 'library.get', { id });
    const restored = change(chordpro);
    if (restored === chordpro) return null;
    await ask(bridge, 'library.save', { id, chordpro: restored, is_apart: true });
    return () => void undoRestore(bridge, id, restored, chordpro).catch((error: unknown) => sayFault(toFault(error)));
  };
  return (
    <div className="song-page">
      <header className="bar">
        <ActionIcon component={Link} to={`/song/${id}`} variant="subtle" color="gray" size="lg" aria-label={words.backToSong}>
          <ChevronLeft size={20} aria-hidden="true" />
        </ActionIcon>
        <h1 className="bar-title cm-ellipsis">{words.titleOf(title)}</h1>
      </header>
      <div className="history-main">
        {history.isError && <FaultNotice fault={toFault(history.error)} onRetry={() => void history.refetch()} />}
        {history.isSuccess && history.data.versions.length === 0 && (
          <EmptyState icon={<History size={28} />} title={words.emptyTitle} body={words.emptyBody} />
        )}
        {history.isSuccess && history.data.versions.length > 0 && (
          <SongVersions
            restoreText={restoreText}
            title={title}
            history={history.data}
            people={null}
            whyNot={null}
            onChanged={() => void history.refetch()}
          />
        )}
      </div>
    </div>
  );
}
