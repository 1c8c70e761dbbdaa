import { NativeSelect, SegmentedControl } from '@mantine/core';
import { Music } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import type { Playback } from '../../../shared/playback/playback.ts';
import type { Mark } from '../../../shared/playback/said-spans.ts';
import type { Session } from '../../../shared/session/schemas.ts';
import { readSongHead } from '../../../shared/music/read-song-head.ts';
import type { LiveSession } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { nameOf, type People } from '../history/version-names.ts';
import '../library/song-page.css';
import '../session/people.css';
import { inFrontOf, most, type Followed } from './in-front.ts';
import './playback.css';
import { Player, type Frames, type PlayerState } from './player.ts';
import { ThenPeople } from './then-people.tsx';
import { ThenSong, type ThenSongProps } from './then-song.tsx';
import { ThenTalk } from './then-talk.tsx';
import { Timeline } from './timeline.tsx';
import { Transport } from './transport.tsx';
import { usePlayer } from './use-player.ts';

const words = en.playback;

const windowFrames: Frames = {
  next: (run) => {
    const id = requestAnimationFrame(run);
    return () => cancelAnimationFrame(id);
  },
};

/** Single keys of the page, where nothing else takes them. */
function keyOf(event: KeyboardEvent): 'toggle' | 'earlier' | 'later' | null {
  const { target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof Element)) return null;
  if (target.closest('input:not([type=range]), select, textarea') !== null) return null;
  if (event.key === ' ') return target.closest('button, a') === null ? 'toggle' : null;
  if (event.key === ',') return 'earlier';
  return event.key === '.' ? 'later' : null;
}

/** Apart from the rest of the page, which is the same for all songs. */
function SongInFront(props: Omit<ThenSongProps, 'songId'>): ReactElement {
  const { player, followed } = props;
  const songId = usePlayer(
    player,
    useCallback(({ moment }: PlayerState) => inFrontOf(followed, moment).songId, [followed]),
  );
  if (songId === null) return <EmptyState icon={<Music size={28} />} title={words.noSong} />;
  return <ThenSong {...props} songId={songId} />;
}

interface PlaybackViewProps {
  live: LiveSession;
  session: Session | null;
  playback: Playback;
  people: People;
}

/** What the whole recording has: songs by their titles at its end, and marks. */
function useWhole(playback: Playback): { songIds: readonly string[]; titleOf: (songId: string) => string; marks: readonly Mark[] } {
  return useMemo(() => {
    const titles = new Map([...playback.textsAt(playback.steps.length)].map(([songId, text]) => [songId, readSongHead(text).title]));
    const titleOf = (songId: string): string => {
      const title = titles.get(songId) ?? '';
      return title === '' ? words.untitled : title;
    };
    return { songIds: [...titles.keys()], titleOf, marks: playback.said.marks };
  }, [playback]);
}

/** A recording that is played: the song as it was, who was there, what was said, and the line of time. */
export function PlaybackView({ live, session, playback, people }: PlaybackViewProps): ReactElement {
  const [player] = useState(() => new Player(playback, windowFrames));
  const [followed, follow] = useState<Followed>(most);
  const [view, setView] = useState<'source' | 'now'>('source');
  const { songIds, titleOf, marks } = useWhole(playback);
  const root = useRef<HTMLElement>(null);
  useEffect(() => {
    root.current?.querySelector<HTMLElement>('input[type=range]')?.focus();
    return () => player.pause();
  }, [player]);
  const onKey = (event: KeyboardEvent): void => {
    const key = keyOf(event);
    if (key === null) return;
    event.preventDefault();
    if (key === 'toggle') player.toggle();
    else player.step(key === 'later' ? 1 : -1);
  };
  return (
    // Keys of the whole place; each can be done with its button as well.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <main className="playback" id="content" ref={root} onKeyDown={onKey}>
      <div className="playback-choice">
        <NativeSelect
          size="xs"
          aria-label={words.songShown}
          value={followed}
          onChange={({ currentTarget }) => follow(currentTarget.value)}
          data={[
            { value: most, label: words.most },
            ...playback.userIds.map((id) => ({ value: `user ${id}`, label: words.by(nameOf(id, people)) })),
            ...songIds.map((id) => ({ value: `song ${id}`, label: titleOf(id) })),
          ]}
        />
        <span className="cm-grow" />
        <SegmentedControl
          size="xs"
          aria-label={words.view}
          value={view}
          onChange={(value) => setView(value === 'now' ? 'now' : 'source')}
          data={[
            { value: 'source', label: words.views.source },
            { value: 'now', label: words.views.now },
          ]}
        />
      </div>
      <div className="playback-panes">
        <SongInFront live={live} player={player} people={people} followed={followed} view={view} />
        <aside className="playback-side" aria-label={words.side}>
          <div className="then-head">
            <h2>{words.people}</h2>
          </div>
          <ThenPeople player={player} people={people} titleOf={titleOf} />
          <ThenTalk player={player} session={session} people={people} />
        </aside>
      </div>
      <footer className="playback-foot">
        <Transport player={player} />
        <Timeline player={player} people={people} marks={marks} titleOf={titleOf} />
      </footer>
    </main>
  );
}
