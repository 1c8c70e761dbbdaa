import { Button, Skeleton } from '@mantine/core';
import { ClipboardPaste, FileMusic, Import as ImportIcon, Plus } from 'lucide-react';
import { useEffect, useRef, useState, type DragEvent, type ReactElement } from 'react';
import { useArrivedFiles } from '../../app/arrived-files.tsx';
import { toFault, useLibrary } from '../../app/queries.ts';
import { useKeyCommands } from '../../app/use-key-commands.ts';
import { en } from '../../text/en.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { Page } from '../../ui/page.tsx';
import { ImportPreview } from '../chart/import-preview.tsx';
import { droppedFiles } from './dropped-files.ts';
import { DraftsInLibrary } from '../drafts/drafts-in-library.tsx';
import { ImportReportCard } from './import-report.tsx';
import { LibraryWays } from './library-ways.tsx';
import { PasteSong } from './paste-song.tsx';
import { useImport } from './use-import.ts';
import { Songbook } from './songbook.tsx';
import { useSongActions } from './use-song-actions.ts';
import './library.css';

/** The musician's own songbook; it works without an account and without a network. */
export function LibraryPage(): ReactElement {
  const library = useLibrary();
  const actions = useSongActions();
  const songImport = useImport();
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

  const isEmpty = library.data?.length === 0 && progress === null;
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setDropping(false);
    // A folder that cannot be read is told like one that has no songs.
    void droppedFiles(event.dataTransfer).then(songImport.start, () => songImport.start([]));
  };
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
        {library.isError && <FaultNotice fault={toFault(library.error)} onRetry={() => void library.refetch()} />}
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
        {library.data !== undefined && !isEmpty && <Songbook library={library.data} actions={actions} />}
      </Page>
      {isDropping && <p className="library-drop-hint">{en.library.dropHere}</p>}
    </div>
  );
}
