import { useEffect, useRef, type ReactElement } from 'react';
import { CommentsThen, type CommentedWords } from '../../../shared/playback/comments-then.ts';
import type { Moment, PersonThen } from '../../../shared/playback/playhead.ts';
import { en } from '../../text/en.ts';
import '../chart/chart.css';
import type { SourceMark } from '../chart/editor/comment-marks.ts';
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

function markOf({ id, user_id, from, to }: CommentedWords, people: People): SourceMark {
  return { id, from, to, color: colorOf(user_id, people) ?? fallbackColor, isChosen: false };
}

/** Reads the source of a song moment after moment. */
class SourceReader {
  readonly #player: Player;
  readonly #songId: string;
  readonly #comments: CommentsThen;
  #marks: { words: readonly CommentedWords[]; people: People; shown: readonly SourceMark[] } = { words: [], people: [], shown: [] };

  constructor(player: Player, songId: string) {
    this.#player = player;
    this.#songId = songId;
    this.#comments = new CommentsThen(player.playback, songId);
  }

  read(people: People): SourceThen {
    const { moment, isPlaying, frameMs } = this.#player.read();
    const step = this.#player.playback.steps[moment.steps - 1];
    return {
      text: moment.texts.get(this.#songId) ?? '',
      cursors: cursorsOf(moment.people, this.#songId, people),
      marks: this.#marksAt(moment, people),
      changedAt: step?.splices.findLast((splice) => splice.song_id === this.#songId)?.at ?? null,
      frameMs: isPlaying ? frameMs : null,
    };
  }

  #marksAt(moment: Moment, people: People): readonly SourceMark[] {
    const words = this.#comments.at(moment);
    if (words !== this.#marks.words || people !== this.#marks.people)
      this.#marks = { words, people, shown: words.map((one) => markOf(one, people)) };
    return this.#marks.shown;
  }
}

interface ThenSourceProps {
  player: Player;
  songId: string;
  people: People;
}

/** The source as it was, with the carets of those who were in it and the words that were commented on; what changes is kept in sight. */
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
    const reader = new SourceReader(player, songId);
    const screen = new SourceScreen(parent, en.playback.source, reader.read(named.current));
    // Not by React: before it draws anything of this frame, the page is laid out, and the editor need not have it laid out again.
    show.current = () => screen.show(reader.read(named.current));
    const unsubscribe = player.subscribe(show.current);
    return () => {
      show.current = undefined;
      unsubscribe();
      screen.close();
    };
  }, [player, songId]);
  return <div ref={host} className="chart-source" />;
}
