import { ActionIcon } from '@mantine/core';
import { Pencil } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import type { LibrarySong } from '../../../shared/ipc/library.ts';
import { useWakeLock } from '../../app/use-wake-lock.ts';
import { en } from '../../text/en.ts';
import { ScrollPane } from '../../ui/scroll-pane.tsx';
import { ChartView } from '../chart/chart-view.tsx';
import { ExportMenu } from '../chart/export-menu.tsx';
import { MyView } from '../chart/my-view.tsx';
import { StageView } from '../chart/stage-view.tsx';
import { useViewSettings } from '../chart/view-settings.ts';

/** The song in front, to be read. */
export function SetlistSong({ song }: { song: LibrarySong }): ReactElement {
  const [settings, change] = useViewSettings(song.id);
  return (
    <section className="pane pane-chart" aria-label={en.song.chart}>
      <header className="pane-head">
        <h2 className="cm-grow">{en.song.chart}</h2>
        <ActionIcon
          component={Link}
          to={`/song/${song.id}`}
          variant="default"
          size={26}
          aria-label={en.setlists.editSong}
          title={en.setlists.editSong}
        >
          <Pencil size={14} aria-hidden="true" />
        </ActionIcon>
        <ExportMenu readSource={() => song.chordpro} settings={settings} />
        <MyView settings={settings} onChange={change} />
      </header>
      <div className="pane-body">
        <ScrollPane key={song.id} className="pane-scroll" aria-label={en.session.sheet}>
          <ChartView source={song.chordpro} settings={settings} />
        </ScrollPane>
      </div>
    </section>
  );
}

interface SetlistStageProps {
  song: LibrarySong;
  onLeave: () => void;
  /** Absent at the ends of the setlist. */
  onNextSong?: () => void;
  onPreviousSong?: () => void;
}

/** The song in front on the stage; behind its last page comes the next one. */
export function SetlistStage({ song, ...ways }: SetlistStageProps): ReactElement {
  useWakeLock();
  const [settings] = useViewSettings(song.id);
  return <StageView key={song.id} source={song.chordpro} settings={settings} {...ways} />;
}
