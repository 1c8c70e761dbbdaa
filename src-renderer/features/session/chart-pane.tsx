import { memo, useCallback, useMemo, useState, type ReactElement, type RefObject } from 'react';
import type { Anchor } from '../../../shared/ledger/payloads.ts';
import type { LiveSession } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import { ScrollPane } from '../../ui/scroll-pane.tsx';
import type { SourceEditorHandle } from '../chart/editor/source-editor-handle.ts';
import { ExportMenu } from '../chart/export-menu.tsx';
import { MyView } from '../chart/my-view.tsx';
import type { ChordPlace } from '../chart/view/chord-place.ts';
import { useViewSettings } from '../chart/view-settings.ts';
import { ChordComment, type PressedChord } from './chord-comment.tsx';
import { SharedChart } from './shared-chart.tsx';
import type { Commenting } from './use-commenting.ts';

interface SongPaneProps {
  live: LiveSession;
  songId: string;
  documentVersion: number;
  /** The source beside the chart, which shows a chord that is pressed here; null where there is none. */
  editor: RefObject<SourceEditorHandle | null> | null;
  commenting: Commenting;
}

/** The chart as this person sees it; it follows every keystroke without the page around it. */
export const ChartPane = memo(function ChartPane({ live, songId, documentVersion, editor, commenting }: SongPaneProps): ReactElement {
  const [settings, change] = useViewSettings(songId);
  // A replaced document has another text behind the same song.
  // oxlint-disable-next-line react/exhaustive-deps
  const text = useMemo(() => live.songText(songId), [live, songId, documentVersion]);
  const [pressed, setPressed] = useState<(PressedChord & { anchor: Anchor }) | null>(null);
  const forget = useCallback(() => setPressed(null), []);
  const press = (place: ChordPlace, on: DOMRect): void => {
    editor?.current?.reveal(place.from, place.to);
    if (commenting.whyNot === null) setPressed({ anchor: live.anchorAt(songId, place), on, chord: place.chord });
  };
  return (
    <section className="pane pane-chart" aria-label={en.session.chart}>
      <header className="pane-head">
        <h2 className="cm-grow">{en.session.chart}</h2>
        <ExportMenu readSource={() => text.toJSON()} settings={settings} />
        <MyView settings={settings} onChange={change} />
      </header>
      <div className="pane-body">
        <ScrollPane className="pane-scroll" aria-label={en.session.sheet}>
          <SharedChart text={text} documentVersion={documentVersion} settings={settings} onChord={press} />
        </ScrollPane>
      </div>
      <ChordComment
        pressed={pressed}
        onClose={forget}
        onComment={() => {
          setPressed(null);
          // Where the chord is by now: others may have written before it.
          if (pressed !== null) commenting.begin(songId, live.placesOf(songId, [pressed.anchor])[0] ?? null);
        }}
      />
    </section>
  );
});
