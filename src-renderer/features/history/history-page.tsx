import { ActionIcon, Button, NativeSelect } from '@mantine/core';
import { ChevronLeft, History, RefreshCw } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { Session } from '../../../shared/session/schemas.ts';
import { toFault } from '../../app/queries.ts';
import type { LiveSession } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { Connection } from '../session/connection.tsx';
import { whyReadOnly } from '../session/session-rights.ts';
import { currentItem } from '../setlist/setlist-order.ts';
import { useSessionView } from '../session/use-live-session.ts';
import './history.css';
import { SongVersions } from './song-versions.tsx';
import { useSongHistory } from './use-song-history.ts';

const words = en.songHistory;

/** `/session/:id/history`: each song's versions, what differs between them, and who wrote which line. The session stays open behind it. */
export function HistoryPage({ live, session }: { live: LiveSession; session: Session | null }): ReactElement {
  const snapshot = useSessionView(live);
  const [search, setSearch] = useSearchParams();
  const item = currentItem(snapshot.setlist, search.get('song'));
  const songId = item?.song_id ?? '';
  const history = useSongHistory(live, songId);
  const back = `/session/${live.sessionId}`;
  const songs = [...new Map(snapshot.setlist.map(({ song_id, title }) => [song_id, title === '' ? words.untitled : title]))];
  const title = item === null || item.title === '' ? words.untitled : item.title;
  return (
    <div className="session-page">
      <header className="bar session-bar">
        <ActionIcon component={Link} to={back} variant="subtle" color="gray" size="lg" aria-label={words.back}>
          <ChevronLeft size={20} aria-hidden="true" />
        </ActionIcon>
        <h1 className="bar-title cm-ellipsis">
          {words.title}
          {session !== null && <span className="cm-muted"> · {session.name}</span>}
        </h1>
        <Connection state={snapshot.connection} />
        <span className="cm-grow" />
        {songs.length > 0 && (
          <NativeSelect
            size="xs"
            aria-label={words.song}
            value={songId}
            data={songs.map(([value, label]) => ({ value, label }))}
            onChange={({ currentTarget }) => setSearch({ song: currentTarget.value }, { replace: true })}
          />
        )}
        <Button
          variant="default"
          size="xs"
          leftSection={<RefreshCw size={14} aria-hidden="true" />}
          loading={history.isFetching}
          onClick={() => void history.refetch()}
        >
          {words.again}
        </Button>
      </header>
      <main className="history-main" id="content">
        {history.isError && <FaultNotice fault={toFault(history.error)} onRetry={() => void history.refetch()} />}
        {songId === '' && <EmptyState icon={<History size={28} />} title={words.noSongs} />}
        {songId !== '' && history.isPending && (
          <p className="history-remark cm-muted" aria-busy="true">
            {words.reading}
          </p>
        )}
        {history.isSuccess && history.data.versions.length === 0 && (
          <EmptyState icon={<History size={28} />} title={words.emptyTitle} body={words.emptyBody} />
        )}
        {history.isSuccess && history.data.versions.length > 0 && (
          <SongVersions
            key={songId}
            restoreText={async (change) => live.restoreSong(songId, change(live.songText(songId).toJSON()))}
            title={title}
            history={history.data}
            people={snapshot.people}
            whyNot={whyReadOnly(snapshot, session)}
            onChanged={() => void history.refetch()}
          />
        )}
      </main>
    </div>
  );
}
