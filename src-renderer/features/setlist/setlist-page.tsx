import { ActionIcon, Button, Skeleton, Tooltip } from '@mantine/core';
import { ChevronLeft, ListMusic, MonitorPlay, Trash2, UsersRound } from 'lucide-react';
import type { ReactElement } from 'react';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import type { LibrarySongHead } from '../../../shared/ipc/library.ts';
import type { Setlist } from '../../../shared/ipc/setlists.ts';
import { ask } from '../../app/ask.ts';
import { useBridge } from '../../app/parts.tsx';
import { toFault, useLibrary, useSetlists, useSongToRead } from '../../app/queries.ts';
import { sayingFaults } from '../../app/saying-faults.ts';
import { useKeyCommands } from '../../app/use-key-commands.ts';
import { en } from '../../text/en.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { Page, useTitle } from '../../ui/page.tsx';
import { printSongs } from '../chart/out/print-sheet.tsx';
import { viewSettingsOf } from '../chart/view-settings.ts';
import '../library/song-page.css';
import { AddSong } from './add-song.tsx';
import { SetlistName } from './setlist-name.tsx';
import { currentItem, neighbour, type PlacedSong } from './setlist-order.ts';
import { SetlistSong, SetlistStage } from './setlist-reading.tsx';
import { SetlistView } from './setlist-view.tsx';
import { useSetlistDeeds } from './use-setlist-deeds.ts';

/** Each song is on it once, so that its id names its place. */
function placedSongs(setlist: Setlist, library: readonly LibrarySongHead[]): PlacedSong[] {
  const titles = new Map(library.map(({ id, title }) => [id, title]));
  return setlist.song_ids.map((id) => ({ item_id: id, song_id: id, title: titles.get(id) ?? '' }));
}

function addressOf(songId: string | undefined, isOnStage: boolean): URLSearchParams {
  return new URLSearchParams({ ...(songId !== undefined && { song: songId }), ...(isOnStage && { stage: '' }) });
}

function OpenSetlist({ setlist, library }: { setlist: Setlist; library: readonly LibrarySongHead[] }): ReactElement {
  const { id, name, song_ids } = setlist;
  useTitle(name);
  const bridge = useBridge();
  const deeds = useSetlistDeeds();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const layout = useDefaultLayout({ id: 'chordme.setlist', panelIds: ['setlist', 'chart'] });
  const items = placedSongs(setlist, library);
  const current = currentItem(items, search.get('song'));
  const song = useSongToRead(current?.song_id ?? null);
  // In the address, so that Back leaves the stage and the desktop app knows that the display is needed.
  const isOnStage = search.has('stage');
  const choose = (songId: string): void => setSearch(addressOf(songId, isOnStage), { replace: true });
  const enterStage = (): void => setSearch(addressOf(current?.song_id, true));
  const leaveStage = (): void => setSearch(addressOf(current?.song_id, false), { replace: true });
  const [previous, next] = [neighbour(items, current, -1), neighbour(items, current, 1)];
  useKeyCommands({ stage: isOnStage ? leaveStage : enterStage });

  const print = (): void =>
    void sayingFaults(async () => {
      const songs = await Promise.all(song_ids.map((each) => ask(bridge, 'library.get', { id: each })));
      await printSongs(songs.map((each) => ({ source: each.chordpro, settings: viewSettingsOf(each.id) })));
    });
  const adding = {
    onAdd: async (ids: readonly string[]): Promise<void> => {
      await deeds.append(setlist, ids);
      const [first] = ids;
      if (first !== undefined) choose(first);
    },
    onBlank: async (): Promise<void> => {
      const blank = await ask(bridge, 'library.create', { chordpro: en.library.newSongText });
      await deeds.append(setlist, [blank.id]);
      await navigate(`/song/${blank.id}`);
    },
  };
  const add = <AddSong {...adding} without={song_ids} />;

  return (
    <div className="song-page">
      <header className="bar">
        <ActionIcon component={Link} to="/library/setlists" variant="subtle" color="gray" size="lg" aria-label={en.setlists.all}>
          <ChevronLeft size={20} aria-hidden="true" />
        </ActionIcon>
        <h1 className="cm-hidden">{name}</h1>
        <SetlistName name={name} onRename={(wanted) => void deeds.rename(id, wanted)} />
        <span className="cm-grow" />
        <Button
          variant="default"
          size="xs"
          leftSection={<MonitorPlay size={15} aria-hidden="true" />}
          disabled={current === null}
          onClick={enterStage}
        >
          {en.song.stage}
        </Button>
        <Button
          variant="default"
          size="xs"
          leftSection={<UsersRound size={15} aria-hidden="true" />}
          disabled={current === null}
          onClick={() => deeds.rehearse(id)}
        >
          {en.library.rehearse}
        </Button>
        <Tooltip label={en.setlists.remove(name)}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={en.setlists.remove(name)}
            onClick={() => {
              void deeds.remove(setlist);
              void navigate('/library/setlists');
            }}
          >
            <Trash2 size={17} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
      </header>
      <Group orientation="horizontal" className="panes" {...layout}>
        <Panel id="setlist" minSize="160px" defaultSize="240px">
          <SetlistView
            items={items}
            current={current}
            canEdit
            empty={en.setlists.empty}
            add={add}
            onChoose={choose}
            onMove={(songId, after) => void deeds.put(id, songId, after)}
            onRemove={(item) => void deeds.take(setlist, item)}
            onPrint={print}
          />
        </Panel>
        <Separator className="pane-divider" aria-label={en.setlist.title} />
        <Panel id="chart" minSize="30%">
          {current === null && (
            <EmptyState icon={<ListMusic size={28} />} title={en.setlists.empty}>
              {add}
            </EmptyState>
          )}
          {song.isError && <FaultNotice fault={toFault(song.error)} onRetry={() => void song.refetch()} />}
          {current !== null && song.data !== undefined && <SetlistSong song={song.data} />}
        </Panel>
      </Group>
      {isOnStage && current !== null && song.data !== undefined && (
        <SetlistStage
          song={song.data}
          onLeave={leaveStage}
          {...(next === null ? {} : { onNextSong: () => choose(next.song_id) })}
          {...(previous === null ? {} : { onPreviousSong: () => choose(previous.song_id) })}
        />
      )}
    </div>
  );
}

/** `/setlist/:id`: songs of the library in their order, to be read one after another. */
export function SetlistPage(): ReactElement {
  const { id = '' } = useParams();
  const [setlists, library] = [useSetlists(), useLibrary()];
  const problem = setlists.error ?? library.error;
  if (problem !== null) {
    return (
      <Page title={en.setlists.title}>
        <FaultNotice fault={toFault(problem)} onRetry={() => void Promise.all([setlists.refetch(), library.refetch()])} />
      </Page>
    );
  }
  if (setlists.data === undefined || library.data === undefined) {
    return (
      <div className="page" aria-hidden="true">
        <Skeleton height={28} width="40%" mb="lg" />
        <Skeleton height={240} />
      </div>
    );
  }
  const setlist = setlists.data.find((each) => each.id === id);
  if (setlist !== undefined) return <OpenSetlist key={id} setlist={setlist} library={library.data} />;
  return (
    <Page title={en.setlists.title}>
      <EmptyState icon={<ListMusic size={28} />} title={en.setlists.goneTitle} body={en.setlists.goneBody}>
        <Button component={Link} to="/library/setlists">
          {en.setlists.all}
        </Button>
      </EmptyState>
    </Page>
  );
}
