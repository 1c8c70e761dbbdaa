import { ActionIcon, Button, Skeleton, Tooltip } from '@mantine/core';
import { ChevronLeft, History, MonitorPlay, Tags, Trash2, UsersRound } from 'lucide-react';
import { useEffect, useRef, useState, type ReactElement, type RefObject } from 'react';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import type { LibrarySong } from '../../../shared/ipc/library.ts';
import { ask } from '../../app/ask.ts';
import { useBridge } from '../../app/parts.tsx';
import { toFault, useLibrary, useLibrarySong } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { sayDone, sayFault, sayUndoable } from '../../ui/notices.tsx';
import { useTitle } from '../../ui/page.tsx';
import { ScrollPane } from '../../ui/scroll-pane.tsx';
import { useKeyCommands } from '../../app/use-key-commands.ts';
import { useWakeLock } from '../../app/use-wake-lock.ts';
import { ChartView } from '../chart/chart-view.tsx';
import type { SourceEditorHandle } from '../chart/editor/source-editor-handle.ts';
import { ExportMenu } from '../chart/export-menu.tsx';
import { MyView } from '../chart/my-view.tsx';
import { PlainSourceEditor } from '../chart/plain-source-editor.tsx';
import { SourceMenu } from '../chart/source-menu.tsx';
import { StageView } from '../chart/stage-view.tsx';
import { useViewSettings, type ViewSettings } from '../chart/view-settings.ts';
import { SongShelf } from '../setlist/song-shelf.tsx';
import { createAutoSave, type AutoSave, type SaveState } from './auto-save.ts';
import { useSongActions } from './use-song-actions.ts';
import './song-page.css';

const saveWords: Record<SaveState, string> = { saved: en.song.saved, saving: en.song.saving, unsaved: en.song.notSaved };

/** The text of one song, written to the library as it is typed. */
function useSongText(song: LibrarySong): {
  text: string;
  change: (text: string) => void;
  saveState: SaveState;
  /** The text as of now, for what happens later. */
  latest: RefObject<string>;
} {
  const bridge = useBridge();
  const [text, setText] = useState(song.chordpro);
  const latest = useRef(song.chordpro);
  const [saveState, setSaveState] = useState<SaveState>('saved');
  const autoSave = useRef<AutoSave | null>(null);
  useEffect(() => {
    const mine = createAutoSave({
      save: async (chordpro) => {
        await ask(bridge, 'library.save', { id: song.id, chordpro });
      },
      timers: {
        after: (ms, run) => {
          const timer = setTimeout(run, ms);
          return () => clearTimeout(timer);
        },
      },
      onState: setSaveState,
      onRefused: (error) => sayFault(toFault(error)),
    });
    autoSave.current = mine;
    globalThis.addEventListener('pagehide', mine.flush);
    document.addEventListener('visibilitychange', mine.flush);
    return () => {
      globalThis.removeEventListener('pagehide', mine.flush);
      document.removeEventListener('visibilitychange', mine.flush);
      mine.flush();
      autoSave.current = null;
    };
  }, [bridge, song.id]);
  const change = (next: string): void => {
    latest.current = next;
    setText(next);
    autoSave.current?.change(next);
  };
  return { text, change, saveState, latest };
}

/** The stage of one song: behind its last page there is nothing. */
function SongStage(props: { source: string; settings: ViewSettings; onLeave: () => void }): ReactElement {
  useWakeLock();
  return <StageView {...props} />;
}

function OpenSong({ song }: { song: LibrarySong }): ReactElement {
  const { text, change, saveState, latest } = useSongText(song);
  const [settings, changeSettings] = useViewSettings(song.id);
  const actions = useSongActions();
  const navigate = useNavigate();
  // The title follows the text: core reads it at each save.
  const head = useLibrary().data?.find((each) => each.id === song.id) ?? song;
  const { title } = head;
  const [isOnShelf, setOnShelf] = useState(false);
  const shownTitle = title === '' ? en.library.untitled : title;
  const layout = useDefaultLayout({ id: 'chordme.song', panelIds: ['source', 'chart'] });
  useTitle(shownTitle);
  const bridge = useBridge();
  useEffect(() => void bridge.invoke('library.opened', { id: song.id }), [bridge, song.id]);
  const editor = useRef<SourceEditorHandle>(null);
  const [isUntouched] = useState(song.chordpro === en.library.newSongText);
  useEffect(() => {
    // What is typed first is the title.
    const from = en.library.newSongText.indexOf(en.library.newSong);
    if (isUntouched) editor.current?.reveal(from, from + en.library.newSong.length);
  }, [isUntouched]);
  // The very bytes of an imported file, while its text is unchanged.
  const saveChordPro = (): void => void actions.exportSong(song.id);
  const tellTransposed = (semitones: number): void => {
    const after = latest.current;
    sayUndoable(en.song.transposed(semitones), () => {
      // What was written since stays: then it is transposed back instead.
      if (latest.current === after) editor.current?.undo();
      else editor.current?.transpose(-semitones);
    });
  };
  const transpose = (semitones: number): void => {
    if (editor.current?.transpose(semitones) === true) tellTransposed(semitones);
    else sayDone(en.session.nothingToTranspose);
  };
  // In the address, so that Back leaves it and the desktop app knows that the display is needed.
  const [search, setSearch] = useSearchParams();
  const isOnStage = search.has('stage');
  const leaveStage = (): void => setSearch({}, { replace: true });
  const enterStage = (): void => setSearch({ stage: '' });
  useKeyCommands({
    'transpose-up': () => transpose(1),
    'transpose-down': () => transpose(-1),
    stage: isOnStage ? leaveStage : enterStage,
  });
  return (
    <div className="song-page">
      <header className="bar">
        <ActionIcon component={Link} to="/library" variant="subtle" color="gray" size="lg" aria-label={en.app.back}>
          <ChevronLeft size={20} aria-hidden="true" />
        </ActionIcon>
        <h1 className="bar-title cm-ellipsis">{shownTitle}</h1>
        <output className="cm-muted cm-small">{saveWords[saveState]}</output>
        {head.tags.length > 0 && <span className="cm-muted cm-small cm-ellipsis">{head.tags.join(' · ')}</span>}
        <span className="cm-grow" />
        <Tooltip label={en.shelf.open}>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={en.shelf.open} onClick={() => setOnShelf(true)}>
            <Tags size={17} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={en.songHistory.openOne}>
          <ActionIcon
            component={Link}
            to={`/song/${song.id}/history`}
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={en.songHistory.openOne}
          >
            <History size={17} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
        <Button variant="default" size="xs" leftSection={<MonitorPlay size={15} aria-hidden="true" />} onClick={enterStage}>
          {en.song.stage}
        </Button>
        <Button
          variant="default"
          size="xs"
          leftSection={<UsersRound size={15} aria-hidden="true" />}
          onClick={() => actions.rehearse(song.id)}
        >
          {en.library.rehearse}
        </Button>
        <Tooltip label={en.song.remove}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={en.song.remove}
            onClick={() => {
              void actions.removeSong({ id: song.id, title });
              void navigate('/library');
            }}
          >
            <Trash2 size={17} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
      </header>
      <Group orientation="horizontal" className="panes" {...layout}>
        <Panel id="source" minSize="20%" defaultSize="46%">
          <section className="pane" aria-label={en.song.source}>
            <header className="pane-head">
              <h2 className="cm-grow">{en.song.source}</h2>
              <SourceMenu editor={editor} onTranspose={transpose} />
            </header>
            <div className="pane-body">
              <PlainSourceEditor ref={editor} value={text} onChange={change} onTransposed={tellTransposed} />
            </div>
          </section>
        </Panel>
        <Separator className="pane-divider" aria-label={en.song.chart} />
        <Panel id="chart" minSize="20%">
          <section className="pane pane-chart" aria-label={en.song.chart}>
            <header className="pane-head">
              <h2 className="cm-grow">{en.song.chart}</h2>
              <ExportMenu readSource={() => text} settings={settings} {...(saveState === 'saved' ? { saveChordPro } : {})} />
              <MyView settings={settings} onChange={changeSettings} />
            </header>
            <div className="pane-body">
              <ScrollPane className="pane-scroll" aria-label={en.session.sheet}>
                <ChartView source={text} settings={settings} onChordClick={({ from, to }) => void editor.current?.reveal(from, to)} />
              </ScrollPane>
            </div>
          </section>
        </Panel>
      </Group>
      {isOnShelf && <SongShelf song={head} onClose={() => setOnShelf(false)} />}
      {isOnStage && <SongStage source={text} settings={settings} onLeave={leaveStage} />}
    </div>
  );
}

/** One song of the library alone: its source beside its chart. */
export function SongPage(): ReactElement {
  const { id = '' } = useParams();
  const song = useLibrarySong(id);
  if (song.isError) {
    return (
      <div className="page">
        <FaultNotice fault={toFault(song.error)} onRetry={() => void song.refetch()} />
      </div>
    );
  }
  if (song.data === undefined) {
    return (
      <div className="page" aria-hidden="true">
        <Skeleton height={28} width="40%" mb="lg" />
        <Skeleton height={240} />
      </div>
    );
  }
  return <OpenSong key={song.data.id} song={song.data} />;
}
