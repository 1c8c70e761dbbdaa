import { useEffect, useRef, type ReactElement } from 'react';
import { CommentsThen, type CommentedWords } from '../../../shared/playback/comments-then.ts';
import type { Moment, PersonThen } from '../../../shared/playback/playhead.ts';
import { en } from '../../text/en.ts';
import '../chart/chart.css';
import type { SourceMark } from '../chart/editor/comment-marks.ts';
import type { CursorMark } from '../chart/editor/cursor-marks.ts';
import { colorOf, nameOf, type People } from '../history/version-names.ts';
import { inFrontOf, type Followed } from './in-front.ts';
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

/** Reads the source of the song in front moment after moment. */
class SourceReader {
  readonly #player: Player;
  readonly #followed: Followed;
  readonly #comments = new Map<string, CommentsThen>();
  #marks: { words: readonly CommentedWords[]; people: People; shown: readonly SourceMark[] } = { words: [], people: [], shown: [] };

  constructor(player: Player, followed: Followed) {
    this.#player = player;
    this.#followed = followed;
  }

  read(people: People): SourceThen {
    const { moment, isPlaying, frameMs: nowMs } = this.#player.read();
    const frameMs = isPlaying ? nowMs : null;
    const { songId } = inFrontOf(this.#followed, moment);
    if (songId === null) return { songId, text: '', cursors: [], marks: [], changedAt: null, frameMs };
    const step = this.#player.playback.steps[moment.steps - 1];
    return {
      songId,
      text: moment.texts.get(songId) ?? '',
      cursors: cursorsOf(moment.people, songId, people),
      marks: this.#marksAt(moment, songId, people),
      changedAt: step?.splices.findLast((splice) => splice.song_id === songId)?.at ?? null,
      frameMs,
    };
  }

  #marksAt(moment: Moment, songId: string, people: People): readonly SourceMark[] {
    const words = this.#commentsOf(songId).at(moment);
    if (words !== this.#marks.words || people !== this.#marks.people)
      this.#marks = { words, people, shown: words.map((one) => markOf(one, people)) };
    return this.#marks.shown;
  }

  #commentsOf(songId: string): CommentsThen {
    const known = this.#comments.get(songId);
    if (known !== undefined) return known;
    const comments = new CommentsThen(this.#player.playback, songId);
    this.#comments.set(songId, comments);
    return comments;
  }
}

interface ThenSourceProps {
  player: Player;
  followed: Followed;
  people: People;
}

/** The source as it was, with the carets of those who were in it and the words that were commented on; what changes is kept in sight. */
export function ThenSource({ player, followed, people }: ThenSourceProps): ReactElement {
  const host = useRef<HTMLDivElement>(null);
  const screen = useRef<SourceScreen>(null);
  const show = useRef<() => void>(undefined);
  const named = useRef(people);
  useEffect(
    () => () => {
      screen.current?.close();
      screen.current = null;
    },
    [],
  );
  useEffect(() => {
    named.current = people;
    show.current?.();
  }, [people]);
  useEffect(() => {
    const reader = new SourceReader(player, followed);
    // Not by React: before it draws anything of this frame, the page is laid out, and the editor need not have it laid out again.
    show.current = () => {
      const then = reader.read(named.current);
      if (screen.current !== null) screen.current.show(then);
      else if (host.current !== null) screen.current = new SourceScreen(host.current, en.playback.source, then);
    };
    show.current();
    return player.subscribe(show.current);
  }, [player, followed]);
  return <div ref={host} className="chart-source" />;
}
