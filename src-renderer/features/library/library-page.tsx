import { Button, MultiSelect, Skeleton, TextInput } from '@mantine/core';
import { ClipboardPaste, FileMusic, Import as ImportIcon, Plus, Search, Tag } from 'lucide-react';
import { useDeferredValue, useEffect, useMemo, useRef, useState, type DragEvent, type ReactElement } from 'react';
import { useSearchParams } from 'react-router';
import type { LibrarySongHead } from '../../../shared/ipc/library.ts';
import { foldTag } from '../../../shared/music/song-tags.ts';
import { useArrivedFiles } from '../../app/arrived-files.tsx';
import { toFault, useLibrary, useSongSearch } from '../../app/queries.ts';
import { useKeyCommands } from '../../app/use-key-commands.ts';
import { en } from '../../text/en.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { Page } from '../../ui/page.tsx';
import { ImportPreview } from '../chart/import-preview.tsx';
import { droppedFiles } from './dropped-files.ts';
import { DraftsInLibrary } from '../drafts/drafts-in-library.tsx';
import { SongShelf } from '../setlist/song-shelf.tsx';
import { tagsOf } from '../setlist/tags-of.ts';
import { ImportReportCard } from './import-report.tsx';
import { LibraryWays } from './library-ways.tsx';
import { PasteSong } from './paste-song.tsx';
import { useImport } from './use-import.ts';
import { SongRows } from './song-rows.tsx';
import { useSongActions } from './use-song-actions.ts';
import './library.css';

function withAllTags(songs: readonly LibrarySongHead[] | undefined, tags: readonly string[]): readonly LibrarySongHead[] | undefined {
  if (tags.length === 0) return songs;
  return songs?.filter((song) => tags.every((tag) => song.tags.some((each) => foldTag(each) === foldTag(tag))));
}

/** The musician's own songbook; it works without an account and without a network. */
export function LibraryPage(): ReactElement {
  const [q, setQ] = useState('');
  const wanted = useDeferredValue(q.trim().slice(0, 200));
  const library = useLibrary();
  const [params, setParams] = useSearchParams();
  const tags = params.getAll('tag');
  const search = useSongSearch(wanted, tags);
  const actions = useSongActions();
  const songImport = useImport();
  const [onShelf, setOnShelf] = useState<LibrarySongHead | null>(null);
  const filePicker = useRef<HTMLInputElement>(null);
  const [isDropping, setDropping] = useState(false);
  const [isPasting, setPasting] = useState(false);
  const { waiting, taken } = useArrivedFiles();
  const { progress, start } = songImport;
  useEffect(() => {
    if (waiting.length === 0 || progress !== null) return;
    taken();
    start(waiting, { opens: true });
  }, [waiting, taken, progress, start]);
  useKeyCommands({ new: () => void actions.createSong() });

  // The whole list stays in sight until the first answer is there.
  const tagged = useMemo(() => withAllTags(library.data, tags), [library.data, tags]);
  const songs = wanted === '' ? tagged : (search.data?.songs ?? tagged);
  const allTags = useMemo(() => tagsOf(library.data ?? []), [library.data]);
  const hiddenCount = wanted === '' || search.data === undefined ? 0 : search.data.total_count - search.data.songs.length;
  const isEmpty = library.data?.length === 0 && wanted === '' && songImport.progress === null;
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setDropping(false);
    // A folder that cannot be read is told like one that has no songs.
    void droppedFiles(event.dataTransfer).then(songImport.start, () => songImport.start([]));
  };
  const filterBy = (next: readonly string[]): void => setParams(new URLSearchParams(next.map((tag) => ['tag', tag])), { replace: true });
  const showAll = (
    <Button
      variant="default"
      onClick={() => {
        setQ('');
        filterBy([]);
      }}
    >
      {en.library.clearSearch}
    </Button>
  );
  const importButton = (
    <Button
      variant={isEmpty ? 'filled' : 'default'}
      leftSection={<ImportIcon size={16} aria-hidden="true" />}
      onClick={() => filePicker.current?.click()}
      disabled={songImport.progress !== null}
    >
      {en.library.import}
    </Button>
  );
  const pasteButton = (
    <Button variant="default" leftSection={<ClipboardPaste size={16} aria-hidden="true" />} onClick={() => setPasting(true)}>
      {en.library.paste}
    </Button>
  );
  const newButton = (
    <Button
      variant={isEmpty ? 'default' : 'filled'}
      leftSection={<Plus size={16} aria-hidden="true" />}
      onClick={() => void actions.createSong()}
    >
      {en.library.newSong}
    </Button>
  );

  return (
    <div
      className={isDropping ? 'library library-dropping' : 'library'}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setDropping(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setDropping(false);
      }}
      onDrop={onDrop}
    >
      <Page
        title={en.library.title}
        {...(library.data === undefined || isEmpty ? {} : { lead: en.library.count(library.data.length) })}
        actions={
          !isEmpty && (
            <>
              {importButton}
              {pasteButton}
              {newButton}
            </>
          )
        }
      >
        <input
          ref={filePicker}
          type="file"
          multiple
          hidden
          onChange={(event) => {
            songImport.start([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
          }}
        />
        <LibraryWays />
        <DraftsInLibrary />
        <ImportReportCard songImport={songImport} />
        {isPasting && (
          <PasteSong
            onCancel={() => setPasting(false)}
            onPasted={(title, text) => {
              setPasting(false);
              songImport.look([{ name: title.trim(), text }]);
            }}
          />
        )}
        {songImport.foreign.length > 0 && (
          <ImportPreview songs={songImport.foreign} onCancel={songImport.leaveOut} onImport={songImport.keep} />
        )}
        {!isEmpty && (
          <div className="library-search">
            <TextInput
              className="cm-grow"
              aria-label={en.library.search}
              placeholder={en.library.search}
              type="search"
              leftSection={<Search size={16} aria-hidden="true" />}
              value={q}
              onChange={(event) => setQ(event.currentTarget.value)}
            />
            {allTags.length > 0 && (
              <MultiSelect
                className="library-tags"
                aria-label={en.shelf.filter}
                placeholder={tags.length === 0 ? en.shelf.anyTags : ''}
                leftSection={<Tag size={16} aria-hidden="true" />}
                data={allTags}
                value={tags}
                onChange={(next) => filterBy(next)}
                searchable
                clearable
                clearButtonProps={{ 'aria-label': en.shelf.clearFilter }}
              />
            )}
          </div>
        )}
        {library.isError && <FaultNotice fault={toFault(library.error)} onRetry={() => void library.refetch()} />}
        {search.isError && <FaultNotice fault={toFault(search.error)} onRetry={() => void search.refetch()} />}
        {library.isPending && (
          <div className="card song-skeletons" aria-hidden="true">
            {[0, 1, 2, 3].map((at) => (
              <Skeleton key={at} height={18} radius="sm" />
            ))}
          </div>
        )}
        {isEmpty && (
          <EmptyState icon={<FileMusic size={28} />} title={en.library.emptyTitle} body={en.library.emptyBody}>
            {importButton}
            {pasteButton}
            {newButton}
            <Button variant="subtle" onClick={songImport.startSamples}>
              {en.library.addSamples}
            </Button>
          </EmptyState>
        )}
        {songs !== undefined && songs.length === 0 && wanted !== '' && (
          <EmptyState title={en.library.nothingFound(wanted)}>{showAll}</EmptyState>
        )}
        {songs?.length === 0 && wanted === '' && !isEmpty && songImport.progress === null && (
          <EmptyState title={en.shelf.nothingTagged}>{showAll}</EmptyState>
        )}
        {songs !== undefined && songs.length > 0 && <SongRows songs={songs} actions={actions} onShelf={setOnShelf} />}
        {hiddenCount > 0 && <p className="cm-muted library-more">{en.library.more(hiddenCount)}</p>}
      </Page>
      {onShelf !== null && <SongShelf song={onShelf} onClose={() => setOnShelf(null)} />}
      {isDropping && <p className="library-drop-hint">{en.library.dropHere}</p>}
    </div>
  );
}
