import { useDeferredValue, useEffect, useMemo, useRef, type ReactElement } from 'react';
import type { PersonThen } from '../../../shared/playback/playhead.ts';
import type { LiveSession } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import { ScrollPane } from '../../ui/scroll-pane.tsx';
import { ChartView } from '../chart/chart-view.tsx';
import type { CursorMark } from '../chart/editor/cursor-marks.ts';
import { useViewSettings } from '../chart/view-settings.ts';
import { useSharedText } from '../session/shared-chart.tsx';
import { colorOf, nameOf, type People } from '../history/version-names.ts';
import { ThenSource } from './then-source.tsx';

const words = en.playback;
const fallbackColor = '#6b6560';

function marksOf(there: readonly PersonThen[], songId: string, people: People): CursorMark[] {
  return there.flatMap(({ user_id, cursor }) => {
    if (cursor?.song_id !== songId) return [];
    const { anchor, head } = cursor;
    const color = colorOf(user_id, people) ?? fallbackColor;
    return [{ from: Math.min(anchor, head), to: Math.max(anchor, head), head, name: nameOf(user_id, people), color }];
  });
}

/** The song as everybody has it today. */
function NowChart({ live, songId, text }: { live: LiveSession; songId: string; text: string }): ReactElement {
  const { documentVersion } = live.snapshot();
  // A replaced document has another text behind the same song.
  // oxlint-disable-next-line react/exhaustive-deps
  const shared = useMemo(() => live.songText(songId), [live, songId, documentVersion]);
  const now = useSharedText(shared, documentVersion);
  const [settings] = useViewSettings(songId);
  return (
    <section className="pane pane-chart" aria-label={words.nowChart}>
      <header className="pane-head">
        <h2 className="cm-grow">{words.nowChart}</h2>
        <span className="cm-small cm-muted">{now === text ? words.same : words.differs}</span>
      </header>
      <ScrollPane className="pane-body pane-scroll" aria-label={words.nowChart}>
        <ChartView source={now} settings={settings} />
      </ScrollPane>
    </section>
  );
}

interface ThenSongProps {
  live: LiveSession;
  songId: string;
  text: string;
  there: readonly PersonThen[];
  people: People;
  changedAt: number | null;
  /** How far somebody whom one follows had scrolled; null: one scrolls oneself. */
  scroll: number | null;
  view: 'source' | 'now';
}

/** One song at the moment: its source with who wrote in it, or the song as it is now; and its chart. */
export function ThenSong({ live, songId, text, there, people, changedAt, scroll, view }: ThenSongProps): ReactElement {
  const [settings] = useViewSettings(songId);
  const cursors = useMemo(() => marksOf(there, songId, people), [there, songId, people]);
  // The source follows each frame; the chart comes as soon as there is time for it.
  const charted = useDeferredValue(text);
  const sheet = useRef<HTMLElement>(null);
  useEffect(() => {
    const pane = sheet.current;
    // Another text has another height.
    if (pane !== null && scroll !== null && charted !== '') pane.scrollTop = scroll * (pane.scrollHeight - pane.clientHeight);
  }, [scroll, charted]);
  const chart = useMemo(() => <ChartView source={charted} settings={settings} />, [charted, settings]);
  return (
    <>
      {view === 'source' && (
        <section className="pane" aria-label={words.source}>
          <header className="pane-head">
            <h2 className="cm-grow">{words.source}</h2>
          </header>
          <div className="pane-body">
            <ThenSource text={text} cursors={cursors} changedAt={changedAt} />
          </div>
        </section>
      )}
      <section className="pane pane-chart" aria-label={words.chart}>
        <header className="pane-head">
          <h2 className="cm-grow">{words.chart}</h2>
        </header>
        <ScrollPane className="pane-body pane-scroll" aria-label={words.chart} ref={sheet}>
          {chart}
        </ScrollPane>
      </section>
      {view === 'now' && <NowChart live={live} songId={songId} text={text} />}
    </>
  );
}
