import { Button, Popover, TextInput } from '@mantine/core';
import { FilePlus2, Plus } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { limits } from '../../../shared/base/limits.ts';
import { ask } from '../../app/ask.ts';
import { useBridge } from '../../app/parts.tsx';
import { toFault, useLibrary, useSongSearch } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { sayFault } from '../../ui/notices.tsx';

function SongChoice({ onAdd }: { onAdd: (chordpro: string) => Promise<void> }): ReactElement {
  const bridge = useBridge();
  const [q, setQ] = useState('');
  const wanted = q.trim();
  const library = useLibrary().data ?? [];
  const found = useSongSearch(wanted).data?.songs ?? [];
  // Who has more types a word.
  const songs = wanted === '' ? library.slice(0, limits.foundSongs) : found;
  const addFromLibrary = async (id: string): Promise<void> => {
    try {
      await onAdd((await ask(bridge, 'library.get', { id })).chordpro);
    } catch (error) {
      sayFault(toFault(error));
    }
  };
  return (
    <>
      <TextInput
        data-autofocus
        aria-label={en.setlist.addSearch}
        placeholder={en.setlist.addSearch}
        value={q}
        maxLength={200}
        onChange={(event) => setQ(event.currentTarget.value)}
      />
      <ul className="add-song-list" aria-label={en.places.library}>
        {songs.map((song) => (
          <li key={song.id}>
            <button type="button" className="plain-entry" onClick={() => void addFromLibrary(song.id)}>
              <span className="cm-ellipsis">{song.title === '' ? en.library.untitled : song.title}</span>
              <span className="cm-muted cm-small cm-ellipsis">{song.artist}</span>
            </button>
          </li>
        ))}
      </ul>
      {songs.length === 0 && <p className="cm-muted cm-small">{en.setlist.addEmpty}</p>}
      <button type="button" className="plain-entry add-song-blank" onClick={() => void onAdd(en.library.newSongText)}>
        <span className="cm-row">
          <FilePlus2 size={16} aria-hidden="true" /> {en.setlist.addBlank}
        </span>
      </button>
    </>
  );
}

/** Puts a song of one's own library, or an empty one, at the end of the setlist. */
export function AddSong({ onAdd }: { onAdd: (chordpro: string) => Promise<void> }): ReactElement {
  const [isOpen, setOpen] = useState(false);
  const add = async (chordpro: string): Promise<void> => {
    setOpen(false);
    try {
      await onAdd(chordpro);
    } catch (error) {
      sayFault(toFault(error));
    }
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" width={300} trapFocus shadow="md">
      <Popover.Target>
        <Button variant="subtle" size="compact-sm" leftSection={<Plus size={14} aria-hidden="true" />} onClick={() => setOpen(!isOpen)}>
          {en.setlist.add}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={en.setlist.addTitle} className="add-song">
        <SongChoice onAdd={add} />
      </Popover.Dropdown>
    </Popover>
  );
}
