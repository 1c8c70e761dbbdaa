import { useMemo, type ReactElement } from 'react';
import type { LiveSession, SetlistItem } from '../../session/live-session.ts';
import { StageView } from '../chart/stage-view.tsx';
import { useViewSettings } from '../chart/view-settings.ts';
import { neighbour } from '../setlist/setlist-order.ts';
import { useSharedText } from './shared-chart.tsx';

interface StageProps {
  live: LiveSession;
  items: readonly SetlistItem[];
  current: SetlistItem;
  documentVersion: number;
  onChoose: (songId: string) => void;
  onLeave: () => void;
}

/** The stage over the setlist: behind the last page comes the next song. */
export function Stage({ live, items, current, documentVersion, onChoose, onLeave }: StageProps): ReactElement {
  const [settings] = useViewSettings(current.song_id);
  // A replaced document has another text behind the same song.
  // oxlint-disable-next-line react/exhaustive-deps
  const text = useMemo(() => live.songText(current.song_id), [live, current.song_id, documentVersion]);
  const source = useSharedText(text, documentVersion);
  const [previous, next] = [neighbour(items, current, -1), neighbour(items, current, 1)];
  return (
    <StageView
      key={current.song_id}
      source={source}
      settings={settings}
      onLeave={onLeave}
      {...(next === null ? {} : { onNextSong: () => onChoose(next.song_id) })}
      {...(previous === null ? {} : { onPreviousSong: () => onChoose(previous.song_id) })}
    />
  );
}
