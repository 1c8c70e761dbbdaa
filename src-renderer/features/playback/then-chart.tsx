import { useCallback, useLayoutEffect, useMemo, useRef, useState, type ReactElement } from 'react';
import { en } from '../../text/en.ts';
import { ScrollPane } from '../../ui/scroll-pane.tsx';
import { ChartView } from '../chart/chart-view.tsx';
import { Sight, SightContext } from '../chart/view/in-sight.tsx';
import { useViewSettings } from '../chart/view-settings.ts';
import { inFrontOf, type Followed } from './in-front.ts';
import type { Player, PlayerState } from './player.ts';
import { isPlayingOf, useBehindFrames, usePlayer, usePlayerInBeats } from './use-player.ts';

const words = en.playback;

/** The text of a song at the moment, for what is drawn of all of it. */
export function useTextThen(player: Player, songId: string): string {
  return usePlayerInBeats(
    player,
    useCallback(({ moment }: PlayerState) => moment.texts.get(songId) ?? '', [songId]),
  );
}

interface ThenChartProps {
  player: Player;
  songId: string;
  followed: Followed;
}

/** The chart as it was, scrolled as the person had it whom one follows. */
export function ThenChart({ player, songId, followed }: ThenChartProps): ReactElement {
  // Apart from what is deferred: React does at once, and in one piece, what reads the player while it plays on.
  const isPlaying = usePlayer(player, isPlayingOf);
  const text = useTextThen(player, songId);
  const song = useMemo(() => ({ songId, text }), [songId, text]);
  return <Sheet player={player} followed={followed} isPlaying={isPlaying} song={song} />;
}

interface SheetProps extends Omit<ThenChartProps, 'songId'> {
  isPlaying: boolean;
  song: { songId: string; text: string };
}

function Sheet({ player, followed, isPlaying, song }: SheetProps): ReactElement {
  const { songId, text } = useBehindFrames(song, isPlaying);
  const [settings] = useViewSettings(songId);
  const sheet = useRef<HTMLElement>(null);
  const [sight] = useState(() => new Sight(sheet));
  useLayoutEffect(() => sight.follow(), [sight]);
  const shown = useRef(songId);
  useLayoutEffect(() => {
    // Another song is drawn over the one before, and begins at its top.
    if (shown.current !== songId && sheet.current !== null) sheet.current.scrollTop = 0;
    shown.current = songId;
  }, [songId]);
  useLayoutEffect(() => {
    const pane = sheet.current;
    if (pane === null) return undefined;
    let scrolled: number | null = null;
    const follow = (): void => {
      const { scroll } = inFrontOf(followed, player.read().moment);
      // Another text has another height; none at all has nothing to scroll.
      if (scroll === null || scroll === scrolled || text === '') return;
      scrolled = scroll;
      pane.scrollTop = scroll * (pane.scrollHeight - pane.clientHeight);
    };
    follow();
    return player.subscribe(follow);
  }, [player, followed, text]);
  // Whatever was drawn anew: other parts may be near now.
  useLayoutEffect(() => sight.look());
  const chart = useMemo(() => <ChartView source={text} settings={settings} />, [text, settings]);
  return (
    <section className="pane pane-chart" aria-label={words.chart}>
      <header className="pane-head">
        <h2 className="cm-grow">{words.chart}</h2>
      </header>
      <div className="pane-body">
        <ScrollPane className="pane-scroll" aria-label={words.chart} ref={sheet}>
          <SightContext value={sight}>{chart}</SightContext>
        </ScrollPane>
      </div>
    </section>
  );
}
