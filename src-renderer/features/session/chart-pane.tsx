import { memo, useMemo, type ReactElement, type RefObject } from 'react';
import type { LiveSession } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import { ScrollPane } from '../../ui/scroll-pane.tsx';
import type { SourceEditorHandle } from '../chart/editor/source-editor-handle.ts';
import { ExportMenu } from '../chart/export-menu.tsx';
import { MyView } from '../chart/my-view.tsx';
import { useViewSettings } from '../chart/view-settings.ts';
import { SharedChart } from './shared-chart.tsx';

interface SongPaneProps {
  live: LiveSession;
  songId: string;
  documentVersion: number;
  /** The source beside the chart, which shows a chord that is pressed here; null where there is none. */
  editor: RefObject<SourceEditorHandle | null> | null;
}

/** The chart as this person sees it; it follows every keystroke without the page around it. */
export const ChartPane = memo(function ChartPane({ live, songId, documentVersion, editor }: SongPaneProps): ReactElement {
  const [settings, change] = useViewSettings(songId);
  // A replaced document has another text behind the same song.
  // oxlint-disable-next-line react/exhaustive-deps
  const text = useMemo(() => live.songText(songId), [live, songId, documentVersion]);
  return (
    <section className="pane pane-chart" aria-label={en.session.chart}>
      <header className="pane-head">
        <h2 className="cm-grow">{en.session.chart}</h2>
        <ExportMenu readSource={() => text.toJSON()} settings={settings} />
        <MyView settings={settings} onChange={change} />
      </header>
      <ScrollPane className="pane-body pane-scroll" aria-label={en.session.sheet}>
        <SharedChart text={text} documentVersion={documentVersion} settings={settings} editor={editor} />
      </ScrollPane>
    </section>
  );
});
