import { useVirtualizer } from '@tanstack/react-virtual';
import { Tags, Trash2, UsersRound } from 'lucide-react';
import { memo, useCallback, useLayoutEffect, useRef, useState, type ReactElement } from 'react';
import { Link } from 'react-router';
import type { LibrarySongHead } from '../../../shared/ipc/library.ts';
import { en } from '../../text/en.ts';
import { useMinute } from '../../ui/use-minute.ts';
import { WhenSeen } from '../../ui/when.tsx';
import type { SongActions } from './use-song-actions.ts';

/** A song of the list; where it was found by its text, the line of it. */
export type ListedSong = LibrarySongHead & { line?: string | null };

/** Of a row with its rule, as library.css has them: nothing is measured when rows come with each letter that is typed. */
const rowPixels = 53;
const foundRowPixels = 61;
/** Rows above and below what is in sight: a flick of the wheel shows no gap. */
const spareRows = 12;
/** Of what is looked for, few are scrolled to and many are drawn: with each letter others. */
const spareFoundRows = 3;

function hasLine(song: ListedSong | undefined): boolean {
  return song?.line != null;
}

interface SongRowProps {
  song: ListedSong;
  actions: SongActions;
  onShelf: (song: LibrarySongHead) => void;
  place: number;
  count: number;
  /** Of its upper edge in the list, in pixels. */
  offset: number;
  nowMs: number;
}

/** Drawn anew when something of it changed, and not with each step of the wheel. */
const SongRow = memo(function SongRow({ song, actions, onShelf, place, count, offset, nowMs }: SongRowProps): ReactElement {
  const title = song.title === '' ? en.library.untitled : song.title;
  return (
    <li
      className={hasLine(song) ? 'song-row song-row-found' : 'song-row'}
      style={{ transform: `translateY(${offset}px)` }}
      aria-posinset={place + 1}
      aria-setsize={count}
    >
      <Link to={`/song/${song.id}`} className="song-row-link">
        <span className="song-row-head">
          <span className="song-row-title cm-ellipsis">{title}</span>
          {song.tags.length > 0 && <span className="song-row-tags cm-muted cm-small cm-ellipsis">{song.tags.join(' · ')}</span>}
        </span>
        <span className="cm-muted cm-ellipsis">{song.artist}</span>
        <span className="song-row-key">{song.key}</span>
        <span className="song-row-when cm-muted">
          <WhenSeen at={song.updated_at} nowMs={nowMs} />
        </span>
        {hasLine(song) && <span className="song-row-line cm-muted cm-small cm-ellipsis">{song.line}</span>}
      </Link>
      <button type="button" className="row-deed" aria-label={en.shelf.of(title)} title={en.shelf.open} onClick={() => onShelf(song)}>
        <Tags size={17} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="row-deed"
        aria-label={en.library.rehearseSong(title)}
        title={en.library.rehearse}
        onClick={() => actions.rehearse(song.id)}
      >
        <UsersRound size={17} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="row-deed"
        aria-label={en.library.remove(title)}
        title={en.library.remove(title)}
        onClick={() => void actions.removeSong(song)}
      >
        <Trash2 size={17} aria-hidden="true" />
      </button>
    </li>
  );
});

interface SongRowsProps {
  songs: readonly ListedSong[];
  /** They are what was looked for. */
  isFound: boolean;
  actions: SongActions;
  /** Tags and setlists of a song are asked for. */
  onShelf: (song: LibrarySongHead) => void;
}

/** All songs, of which those near to what is in sight are in the page: ten thousand scroll as ten do. */
export function SongRows({ songs, isFound, actions, onShelf }: SongRowsProps): ReactElement {
  const list = useRef<HTMLUListElement>(null);
  const nowMs = useMinute();
  /** Where the list begins within what scrolls: reports and search stand above it. */
  const [top, setTop] = useState(0);
  const scroller = (): HTMLElement | null => list.current?.closest<HTMLElement>('#content') ?? null;
  useLayoutEffect(() => {
    const pane = scroller();
    if (list.current === null || pane === null) return;
    setTop(list.current.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop);
  }, [songs]);
  // The same until other songs are listed: with another one the places of all are reckoned anew.
  const keyOf = useCallback((at: number) => songs[at]?.id ?? at, [songs]);
  // What it answers goes to nothing that is memoized.
  // oxlint-disable-next-line react/incompatible-library
  const rows = useVirtualizer({
    count: songs.length,
    getScrollElement: scroller,
    estimateSize: (at) => (hasLine(songs[at]) ? foundRowPixels : rowPixels),
    getItemKey: keyOf,
    overscan: isFound ? spareFoundRows : spareRows,
    scrollMargin: top,
  });
  return (
    <ul className="card song-rows" aria-label={en.library.songs} ref={list} style={{ height: rows.getTotalSize() }}>
      {rows.getVirtualItems().map(({ index, start }) => {
        const song = songs[index];
        return (
          song !== undefined && (
            // By its place: with each letter that is typed other songs stand in the rows that are there.
            <SongRow key={index} place={index} offset={start - top} count={songs.length} {...{ song, actions, onShelf, nowMs }} />
          )
        );
      })}
    </ul>
  );
}
