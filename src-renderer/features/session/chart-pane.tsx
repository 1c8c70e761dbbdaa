import { memo, useMemo, type ReactElement } from 'react';
import type { LiveSession } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import { ScrollPane } from '../../ui/scroll-pane.tsx';
import { MyView } from '../chart/my-view.tsx';
import { useViewSettings } from '../chart/view-settings.ts';
import { SharedChart } from './shared-chart.tsx';

interface SongPaneProps {
  live: LiveSession;
  songId: string;
  documentVersion: number;
}

/** The chart as this person sees it; it follows every keystroke without the page around it. */
export const ChartPane = memo(function ChartPane({ live, songId, documentVersion }: SongPaneProps): ReactElement {
  const [settings, change] = useViewSettings(songId);
  // A replaced document has another text behind the same song.
  // oxlint-disable-next-line react/exhaustive-deps
  const text = useMemo(() => live.songText(songId), [live, songId, documentVersion]);
  return (
    <section className="pane pane-chart" aria-label={en.session.chart}>
      <header className="pane-head">
        <h2 className="cm-grow">{en.session.chart}</h2>
        <MyView settings={settings} onChange={change} />
      </header>
      <ScrollPane className="pane-body pane-scroll" aria-label={en.session.sheet}>
        <SharedChart text={text} documentVersion={documentVersion} settings={settings} />
      </ScrollPane>
    </section>
  );
});
