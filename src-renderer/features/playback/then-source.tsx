import { useEffect, useRef, type ReactElement } from 'react';
import type { PersonThen } from '../../../shared/playback/playhead.ts';
import { en } from '../../text/en.ts';
import '../chart/chart.css';
import type { CursorMark } from '../chart/editor/cursor-marks.ts';
import { colorOf, nameOf, type People } from '../history/version-names.ts';
import type { Player } from './player.ts';
import { SourceScreen, type SourceThen } from './source-screen.ts';

const fallbackColor = '#6b6560';

function cursorsOf(there: readonly PersonThen[], songId: string, people: People): CursorMark[] {
  return there.flatMap(({ user_id, cursor }) => {
    if (cursor?.song_id !== songId) return [];
    const { anchor, head } = cursor;
    const color = colorOf(user_id, people) ?? fallbackColor;
    return [{ from: Math.min(anchor, head), to: Math.max(anchor, head), head, name: nameOf(user_id, people), color }];
  });
}

function sourceOf(player: Player, songId: string, people: People): SourceThen {
  const { moment, isPlaying, frameMs } = player.read();
  const step = player.playback.steps[moment.steps - 1];
  return {
    text: moment.texts.get(songId) ?? '',
    cursors: cursorsOf(moment.people, songId, people),
    changedAt: step?.splices.findLast((splice) => splice.song_id === songId)?.at ?? null,
    frameMs: isPlaying ? frameMs : null,
  };
}

interface ThenSourceProps {
  player: Player;
  songId: string;
  people: People;
}

/** The source as it was, with the carets of those who were in it; what changes is kept in sight. */
export function ThenSource({ player, songId, people }: ThenSourceProps): ReactElement {
  const host = useRef<HTMLDivElement>(null);
  const named = useRef(people);
  const show = useRef<() => void>(undefined);
  useEffect(() => {
    named.current = people;
    show.current?.();
  }, [people]);
  useEffect(() => {
    const parent = host.current;
    if (parent === null) return undefined;
    const read = (): SourceThen => sourceOf(player, songId, named.current);
    const screen = new SourceScreen(parent, en.playback.source, read());
    // Not by React: before it draws anything of this frame, the page is laid out, and the editor need not have it laid out again.
    show.current = () => screen.show(read());
    const unsubscribe = player.subscribe(show.current);
    return () => {
      show.current = undefined;
      unsubscribe();
      screen.close();
    };
  }, [player, songId]);
  return <div ref={host} className="chart-source" />;
}
