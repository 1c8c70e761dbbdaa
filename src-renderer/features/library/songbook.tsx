import { Button, TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import { useCallback, useMemo, useState, type ReactElement } from 'react';
import { useSearchParams } from 'react-router';
import type { LibrarySongHead } from '../../../shared/ipc/library.ts';
import { foldTag } from '../../../shared/music/song-tags.ts';
import { toFault } from '../../app/queries.ts';
import { useSearchAhead, useSongSearch } from '../../app/song-search.ts';
import { en } from '../../text/en.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { SongShelf } from '../setlist/song-shelf.tsx';
import { tagsOf } from '../setlist/tags-of.ts';
import { SongRows } from './song-rows.tsx';
import { TagFilter } from './tag-filter.tsx';
import type { SongActions } from './use-song-actions.ts';

function withAllTags(songs: readonly LibrarySongHead[], tags: readonly string[]): readonly LibrarySongHead[] {
  if (tags.length === 0) return songs;
  return songs.filter((song) => tags.every((tag) => song.tags.some((each) => foldTag(each) === foldTag(tag))));
}

/** What the search is asked for. */
const wordsOf = (typed: string): string => typed.trim().slice(0, 200);

/** The songs of the library: all of them, or those with what is typed and chosen. Typing draws nothing around it. */
export function Songbook({ library, actions }: { library: readonly LibrarySongHead[]; actions: SongActions }): ReactElement {
  const [typed, setTyped] = useState('');
  const wanted = wordsOf(typed);
  const [params, setParams] = useSearchParams();
  const tags = useMemo(() => params.getAll('tag'), [params]);
  const allTags = useMemo(() => tagsOf(library), [library]);
  const chooseTags = useCallback(
    (next: readonly string[]): void => setParams(new URLSearchParams(next.map((tag) => ['tag', tag])), { replace: true }),
    [setParams],
  );
  const followTag = useCallback(
    (from: string, to: string): void =>
      setParams((now) => new URLSearchParams(now.getAll('tag').map((tag) => ['tag', tag === from ? to : tag])), { replace: true }),
    [setParams],
  );
  const search = useSongSearch(wanted, tags);
  const searchAhead = useSearchAhead();
  const [onShelf, setOnShelf] = useState<LibrarySongHead | null>(null);

  const tagged = useMemo(() => withAllTags(library, tags), [library, tags]);
  // The whole list stays in sight until the first answer is there.
  const found = search.data ?? null;
  const songs = found?.songs ?? tagged;
  const isWaiting = wanted !== '' && (search.isPending || search.isPlaceholderData);
  const hidden = found === null || found.total_count === found.songs.length ? null : en.library.more(found);
  return (
    <>
      <div className="library-search">
        <TextInput
          className="cm-grow"
          aria-label={en.library.search}
          placeholder={en.library.search}
          type="search"
          leftSection={<Search size={16} aria-hidden="true" />}
          value={typed}
          onChange={({ currentTarget: { value } }) => {
            // Before anything is drawn: the answer comes while the letter is.
            searchAhead(wordsOf(value), tags).catch(() => {}); // Told where it is shown.
            setTyped(value);
          }}
        />
        {allTags.length > 0 && <TagFilter all={allTags} chosen={tags} onChoose={chooseTags} onRenamed={followTag} />}
      </div>
      {search.isError && <FaultNotice fault={toFault(search.error)} onRetry={() => void search.refetch()} />}
      <div aria-busy={isWaiting} className="library-found">
        {songs.length === 0 && !isWaiting && (wanted !== '' || tags.length > 0) && (
          <EmptyState title={wanted === '' ? en.shelf.nothingTagged : en.library.nothingFound(wanted)}>
            <Button
              variant="default"
              onClick={() => {
                setTyped('');
                chooseTags([]);
              }}
            >
              {en.library.clearSearch}
            </Button>
          </EmptyState>
        )}
        {songs.length > 0 && <SongRows songs={songs} isFound={found !== null} actions={actions} onShelf={setOnShelf} />}
        {hidden !== null && <p className="cm-muted library-more">{hidden}</p>}
      </div>
      {onShelf !== null && <SongShelf song={onShelf} onClose={() => setOnShelf(null)} />}
    </>
  );
}
