import { NativeSelect, SegmentedControl } from '@mantine/core';
import { Music } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore, type KeyboardEvent, type ReactElement } from 'react';
import type { Moment, PersonThen } from '../../../shared/playback/playhead.ts';
import type { Playback } from '../../../shared/playback/playback.ts';
import { readSongHead } from '../../../shared/music/read-song-head.ts';
import type { LiveSession } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { nameOf, type People } from '../history/version-names.ts';
import { Player, type Frames } from './player.ts';
import { ThenPeople } from './then-people.tsx';
import { ThenSong } from './then-song.tsx';
import { ThenTalk } from './then-talk.tsx';
import { Timeline } from './timeline.tsx';
import { Transport } from './transport.tsx';

const words = en.playback;

const windowFrames: Frames = {
  next: (run) => {
    const id = requestAnimationFrame(run);
    return () => cancelAnimationFrame(id);
  },
};

/** What is followed: the song that most looked at, one person (`user …`), or one song (`song …`). */
type Followed = string;
const most: Followed = 'most';

interface InFront {
  songId: string | null;
  scroll: number | null;
}

function inFrontOf(followed: Followed, moment: Moment): InFront {
  const [kind, id = ''] = followed.split(' ');
  if (kind === 'song') return { songId: id, scroll: null };
  const person = kind === 'user' ? moment.people.find(({ user_id }) => user_id === id) : undefined;
  if (person !== undefined) return { songId: person.song_id ?? moment.song_id, scroll: person.scroll };
  return { songId: moment.song_id ?? moment.setlist[0]?.song_id ?? null, scroll: null };
}

/** The same list as long as it says the same: what is drawn from it stays. */
function useSteady<T>(value: T): T {
  const [kept, keep] = useState({ value, text: JSON.stringify(value) });
  const text = JSON.stringify(value);
  if (text === kept.text) return kept.value;
  keep({ value, text });
  return value;
}

/** Single keys of the page, where nothing else takes them. */
function keyOf(event: KeyboardEvent): 'toggle' | 'earlier' | 'later' | null {
  const { target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof Element)) return null;
  if (target.closest('input:not([type=range]), select, textarea') !== null) return null;
  if (event.key === ' ') return target.closest('button, a') === null ? 'toggle' : null;
  if (event.key === ',') return 'earlier';
  return event.key === '.' ? 'later' : null;
}

interface PlaybackViewProps {
  live: LiveSession;
  playback: Playback;
  people: People;
}

/** A recording that is played: the song as it was, who was there, what was said, and the line of time. */
export function PlaybackView({ live, playback, people }: PlaybackViewProps): ReactElement {
  const [player] = useState(() => new Player(playback, windowFrames));
  const state = useSyncExternalStore(player.subscribe, player.read);
  const [followed, follow] = useState<Followed>(most);
  const [view, setView] = useState<'source' | 'now'>('source');
  const root = useRef<HTMLElement>(null);
  useEffect(() => {
    root.current?.querySelector<HTMLElement>('input[type=range]')?.focus();
    return () => player.pause();
  }, [player]);
  const { moment } = state;
  const { songId, scroll } = inFrontOf(followed, moment);
  const text = (songId === null ? undefined : moment.texts.get(songId)) ?? '';
  const there = useSteady<readonly PersonThen[]>(moment.people);
  const listed = useSteady(there.map(({ user_id, song_id, is_typing }) => ({ user_id, song_id, is_typing })));

  const end = useMemo(() => ({ texts: playback.textsAt(playback.steps.length), marks: playback.talkAt(Infinity).marks }), [playback]);
  const titleOf = useCallback(
    (id: string): string => {
      const { title } = readSongHead(end.texts.get(id) ?? '');
      return title === '' ? words.untitled : title;
    },
    [end],
  );
  const seek = useCallback((ms: number): void => player.seek(ms), [player]);
  const step = moment.steps === 0 ? undefined : playback.steps[moment.steps - 1];
  const changedAt = step?.splices.findLast((splice) => splice.song_id === songId)?.at ?? null;
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
            ...[...end.texts.keys()].map((id) => ({ value: `song ${id}`, label: titleOf(id) })),
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
        {songId === null ? (
          <EmptyState icon={<Music size={28} />} title={words.noSong} />
        ) : (
          <ThenSong
            key={songId}
            live={live}
            songId={songId}
            text={text}
            there={there}
            people={people}
            changedAt={changedAt}
            scroll={scroll}
            view={view}
          />
        )}
        <aside className="playback-side" aria-label={words.side}>
          <div className="then-head">
            <h2>{words.people}</h2>
          </div>
          <ThenPeople there={listed} people={people} titleOf={titleOf} />
          <ThenTalk playback={playback} talk={moment.talk} people={people} onSeek={seek} />
        </aside>
      </div>
      <footer className="playback-foot">
        <Transport player={player} state={state} />
        <Timeline ms={moment.ms} playback={playback} people={people} marks={end.marks} titleOf={titleOf} onSeek={seek} />
      </footer>
    </main>
  );
}
