import { useMemo, type ReactElement } from 'react';
import type { LiveSession } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import { ScrollPane } from '../../ui/scroll-pane.tsx';
import { ChartView } from '../chart/chart-view.tsx';
import { useViewSettings } from '../chart/view-settings.ts';
import type { People } from '../history/version-names.ts';
import { useSharedText } from '../session/shared-chart.tsx';
import type { Followed } from './in-front.ts';
import type { Player } from './player.ts';
import { ThenChart, useTextThen } from './then-chart.tsx';
import { ThenSource } from './then-source.tsx';

const words = en.playback;

interface NowChartProps {
  live: LiveSession;
  player: Player;
  songId: string;
}

/** The song as everybody has it today. */
function NowChart({ live, player, songId }: NowChartProps): ReactElement {
  const { documentVersion } = live.snapshot();
  // A replaced document has another text behind the same song.
  // oxlint-disable-next-line react/exhaustive-deps
  const shared = useMemo(() => live.songText(songId), [live, songId, documentVersion]);
  const now = useSharedText(shared, documentVersion);
  const then = useTextThen(player, songId);
  const [settings] = useViewSettings(songId);
  const chart = useMemo(() => <ChartView source={now} settings={settings} />, [now, settings]);
  return (
    <section className="pane pane-chart" aria-label={words.nowChart}>
      <header className="pane-head">
        <h2 className="cm-grow">{words.nowChart}</h2>
        <span className="cm-small cm-muted">{now === then ? words.same : words.differs}</span>
      </header>
      <div className="pane-body">
        <ScrollPane className="pane-scroll" aria-label={words.nowChart}>
          {chart}
        </ScrollPane>
      </div>
    </section>
  );
}

export interface ThenSongProps extends NowChartProps {
  people: People;
  followed: Followed;
  view: 'source' | 'now';
}

/** One song at the moment: its source with who wrote in it, or the song as it is now; and its chart. */
export function ThenSong({ live, player, songId, people, followed, view }: ThenSongProps): ReactElement {
  return (
    <>
      {view === 'source' && (
        <section className="pane" aria-label={words.source}>
          <header className="pane-head">
            <h2 className="cm-grow">{words.source}</h2>
          </header>
          <div className="pane-body">
            <ThenSource player={player} followed={followed} people={people} />
          </div>
        </section>
      )}
      <ThenChart player={player} songId={songId} followed={followed} />
      {view === 'now' && <NowChart key={songId} live={live} player={player} songId={songId} />}
    </>
  );
}
