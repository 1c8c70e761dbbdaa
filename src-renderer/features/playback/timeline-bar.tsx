import { useEffect, useRef, type KeyboardEvent, type ReactElement } from 'react';
import { en } from '../../text/en.ts';
import { clockTime } from '../recordings/clock-time.ts';
import type { Player, PlayerState } from './player.ts';
import { usePlayer } from './use-player.ts';

const words = en.playback;
/** Arrow keys go so far, with Shift or PageUp and PageDown ten times that. */
const arrowMs = 5_000;

/** Places of the needle: finer than any screen, and of a long recording far fewer than frames. */
const needleParts = 10_000;

/** Exact where it stands still; while it plays what is told of the moment changes with its clock. */
const toldMs = ({ moment: { ms }, isPlaying }: PlayerState): number => (isPlaying ? Math.floor(ms / 1_000) * 1_000 : Math.round(ms));

function targetOf(event: KeyboardEvent, ms: number, durationMs: number): number | undefined {
  const far = event.shiftKey ? 10 * arrowMs : arrowMs;
  return {
    ArrowRight: ms + far,
    ArrowUp: ms + far,
    ArrowLeft: ms - far,
    ArrowDown: ms - far,
    PageUp: ms + 10 * arrowMs,
    PageDown: ms - 10 * arrowMs,
    Home: 0,
    End: durationMs,
  }[event.key];
}

/** The moment that is shown, to be dragged. */
export function TimelineBar({ player }: { player: Player }): ReactElement {
  const { durationMs } = player.playback;
  const ms = usePlayer(player, toldMs);
  const needle = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    // Moved by the compositor: a frame of playing draws nothing here.
    let shown: number | null = null;
    const move = (): void => {
      const part = Math.round((player.read().moment.ms / Math.max(1, durationMs)) * needleParts);
      if (part === shown || needle.current === null) return;
      shown = part;
      needle.current.style.transform = `translateX(${String((part * 100) / needleParts)}%)`;
    };
    move();
    return player.subscribe(move);
  }, [player, durationMs]);
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = targetOf(event, player.read().moment.ms, durationMs);
    if (target === undefined) return;
    event.preventDefault();
    player.seek(target);
  };
  return (
    <div className="timeline-bar">
      <div className="timeline-way" aria-hidden="true">
        <span className="timeline-needle" ref={needle} />
      </div>
      <input
        type="range"
        min={0}
        max={durationMs}
        step={1}
        value={ms}
        aria-label={words.timeline}
        aria-valuetext={words.at(clockTime(ms), clockTime(durationMs))}
        onChange={({ currentTarget }) => player.seek(currentTarget.valueAsNumber)}
        onKeyDown={onKey}
      />
    </div>
  );
}
