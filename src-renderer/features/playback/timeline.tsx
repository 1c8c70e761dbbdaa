import { Flag } from 'lucide-react';
import { memo, useMemo, type ReactElement } from 'react';
import { densityOf } from '../../../shared/playback/density.ts';
import type { Playback } from '../../../shared/playback/playback.ts';
import type { Mark } from '../../../shared/playback/said-spans.ts';
import { en } from '../../text/en.ts';
import { colorOf, nameOf, type People } from '../history/version-names.ts';
import { clockTime } from '../recordings/clock-time.ts';
import type { Player } from './player.ts';
import { TimelineBar } from './timeline-bar.tsx';

const words = en.playback;
const parts = 240;

/** Bars of one person's changes, as one path over `parts` by 1. */
function barsOf(counts: readonly number[], most: number): string {
  return counts
    .flatMap((count, at) => (count === 0 ? [] : [`M${String(at)} 1V${(1 - Math.max(0.2, count / most)).toFixed(2)}h0.9V1z`]))
    .join('');
}

const Lanes = memo(function Lanes({ playback, people }: { playback: Playback; people: People }): ReactElement {
  const lanes = useMemo(() => densityOf(playback, parts), [playback]);
  const most = Math.max(1, ...lanes.flatMap(({ counts }) => counts));
  return (
    <ul className="timeline-lanes">
      {lanes.map(({ user_id, counts, total }) => {
        const name = nameOf(user_id, people);
        return (
          <li key={user_id ?? ''} className="timeline-lane" style={{ color: colorOf(user_id, people) ?? 'var(--cm-muted)' }}>
            <span className="timeline-name cm-ellipsis" aria-hidden="true">
              {name}
            </span>
            <span className="cm-hidden">{words.lane(name, total)}</span>
            <svg viewBox={`0 0 ${String(parts)} 1`} preserveAspectRatio="none" aria-hidden="true">
              <path d={barsOf(counts, most)} fill="currentColor" />
            </svg>
          </li>
        );
      })}
    </ul>
  );
});

interface PinsProps {
  playback: Playback;
  marks: readonly Mark[];
  titleOf: (songId: string) => string;
  onSeek: (ms: number) => void;
}

/** Marks and changes of the song in front, each a press away. */
const Pins = memo(function Pins({ playback, marks, titleOf, onSeek }: PinsProps): ReactElement {
  const at = (ms: number) => ({ left: `${String((ms / Math.max(1, playback.durationMs)) * 100)}%` });
  return (
    <div className="timeline-pins">
      {playback.inFront.map(({ ms, song_id }) => {
        if (song_id === null) return null;
        const name = words.songAt(titleOf(song_id), clockTime(ms));
        return (
          <button
            key={`${String(ms)} ${song_id}`}
            type="button"
            className="timeline-song"
            style={at(ms)}
            title={name}
            aria-label={name}
            onClick={() => onSeek(ms)}
          />
        );
      })}
      {marks.map(({ id, n, type, name }) => {
        const ms = playback.msOf(n);
        const label = words.markAt(name, en.marks.types[type], clockTime(ms));
        return (
          <button
            key={id}
            type="button"
            className="timeline-mark"
            style={at(ms)}
            title={label}
            aria-label={label}
            onClick={() => onSeek(ms)}
          >
            <Flag size={12} aria-hidden="true" />
          </button>
        );
      })}
    </div>
  );
});

interface TimelineProps {
  player: Player;
  people: People;
  marks: readonly Mark[];
  titleOf: (songId: string) => string;
}

/** The recording from its beginning to its end: who changed how much when, marks, songs, and the moment that is shown. */
export const Timeline = memo(function Timeline({ player, people, marks, titleOf }: TimelineProps): ReactElement {
  const { playback } = player;
  return (
    <div className="timeline">
      <Pins playback={playback} marks={marks} titleOf={titleOf} onSeek={player.seek} />
      <Lanes playback={playback} people={people} />
      <TimelineBar player={player} />
    </div>
  );
});
