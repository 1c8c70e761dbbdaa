import { Flag } from 'lucide-react';
import { memo, useMemo, type KeyboardEvent, type ReactElement } from 'react';
import { densityOf } from '../../../shared/playback/density.ts';
import type { Mark, Playback } from '../../../shared/playback/playback.ts';
import { en } from '../../text/en.ts';
import { colorOf, nameOf, type People } from '../history/version-names.ts';
import { clockTime } from '../recordings/clock-time.ts';

const words = en.playback;
const parts = 240;
/** Arrow keys go so far, with Shift or PageUp and PageDown ten times that. */
const arrowMs = 5_000;

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
      {marks.map(({ id, type, name }) => {
        const ms = playback.msOf(id.slice(0, 64));
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

interface TimelineProps extends PinsProps {
  ms: number;
  people: People;
}

/** The recording from its beginning to its end: who changed how much when, marks, songs, and the moment that is shown, to be dragged. */
export function Timeline({ ms, playback, people, marks, titleOf, onSeek }: TimelineProps): ReactElement {
  const { durationMs } = playback;
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const far = event.shiftKey ? 10 * arrowMs : arrowMs;
    const target = {
      ArrowRight: ms + far,
      ArrowUp: ms + far,
      ArrowLeft: ms - far,
      ArrowDown: ms - far,
      PageUp: ms + 10 * arrowMs,
      PageDown: ms - 10 * arrowMs,
      Home: 0,
      End: durationMs,
    }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    onSeek(target);
  };
  return (
    <div className="timeline">
      <Pins playback={playback} marks={marks} titleOf={titleOf} onSeek={onSeek} />
      <Lanes playback={playback} people={people} />
      <div className="timeline-bar">
        <span className="timeline-head" aria-hidden="true" style={{ left: `${String((ms / Math.max(1, durationMs)) * 100)}%` }} />
        <input
          type="range"
          min={0}
          max={durationMs}
          step={1}
          value={Math.round(ms)}
          aria-label={words.timeline}
          aria-valuetext={words.at(clockTime(ms), clockTime(durationMs))}
          onChange={({ currentTarget }) => onSeek(currentTarget.valueAsNumber)}
          onKeyDown={onKey}
        />
      </div>
    </div>
  );
}
