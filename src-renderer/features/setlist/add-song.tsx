import { Button, Popover, TextInput } from '@mantine/core';
import { FilePlus2, ListMusic, Plus } from 'lucide-react';
import { useRef, useState, type ReactElement } from 'react';
import { limits } from '../../../shared/base/limits.ts';
import { useLibrary, useSetlists } from '../../app/queries.ts';
import { sayingFaults } from '../../app/saying-faults.ts';
import { useSearchAhead, useSongSearch } from '../../app/song-search.ts';
import { en } from '../../text/en.ts';
import './add-song.css';

export interface AddSongDeeds {
  /** Songs of the library, by id, in their order. */
  onAdd: (songIds: readonly string[]) => Promise<void>;
  /** A song that is made for this. */
  onBlank: () => Promise<void>;
}

interface AddSongProps extends AddSongDeeds {
  /** Songs that are there already and cannot be there twice. */
  without?: readonly string[];
}

function SongChoice({ onAdd, onBlank, without }: AddSongProps): ReactElement {
  const [q, setQ] = useState('');
  const wanted = q.trim();
  const library = useLibrary().data ?? [];
  const setlists = useSetlists().data ?? [];
  const found = useSongSearch(wanted).data?.songs;
  const findNow = useSearchAhead();
  const put = new Set(without);
  // Who has more types a word.
  const songs = (found ?? library).filter(({ id }) => !put.has(id)).slice(0, limits.foundSongs);
  const whole = setlists
    .filter(({ name }) => name.toLowerCase().includes(wanted.toLowerCase()))
    .map(({ id, name, song_ids }) => ({ id, name, song_ids: song_ids.filter((each) => !put.has(each)) }))
    .filter(({ song_ids }) => song_ids.length > 0);
  const field = useRef<HTMLInputElement>(null);
  const addMore = (songIds: readonly string[]): void => {
    setQ('');
    field.current?.focus();
    void onAdd(songIds);
  };
  /** Who types faster than the answer comes gets what was typed, not what is still in sight. */
  const addBest = async (): Promise<void> => {
    const best = (await findNow(wanted))?.songs.find(({ id }) => !put.has(id));
    if (best !== undefined) addMore([best.id]);
  };
  return (
    <>
      <TextInput
        ref={field}
        data-autofocus
        aria-label={en.setlist.addSearch}
        placeholder={en.setlist.addSearch}
        value={q}
        maxLength={200}
        onChange={(event) => setQ(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void sayingFaults(addBest);
        }}
      />
      <ul className="add-song-list" aria-label={en.places.library}>
        {songs.map((song) => (
          <li key={song.id}>
            <button type="button" className="plain-entry" onClick={() => addMore([song.id])}>
              <span className="cm-ellipsis">{song.title === '' ? en.library.untitled : song.title}</span>
              <span className="cm-muted cm-small cm-ellipsis">{song.artist}</span>
            </button>
          </li>
        ))}
        {whole.map(({ id, name, song_ids }) => (
          <li key={id}>
            <button type="button" className="plain-entry" onClick={() => addMore(song_ids)}>
              <span className="cm-row">
                <ListMusic size={15} aria-hidden="true" /> <span className="cm-ellipsis">{name}</span>
              </span>
              <span className="cm-muted cm-small">{en.setlists.wholeOf(song_ids.length)}</span>
            </button>
          </li>
        ))}
      </ul>
      {songs.length + whole.length === 0 && <p className="cm-muted cm-small">{en.setlist.addEmpty}</p>}
      <button type="button" className="plain-entry add-song-blank" onClick={() => void onBlank()}>
        <span className="cm-row">
          <FilePlus2 size={16} aria-hidden="true" /> {en.setlist.addBlank}
        </span>
      </button>
    </>
  );
}

/** Puts songs of one's own library, a whole setlist of it, or an empty song at the end of a setlist: open for the next one until it is left. */
export function AddSong({ onAdd, onBlank, ...rest }: AddSongProps): ReactElement {
  const [isOpen, setOpen] = useState(false);
  const addBlank = async (): Promise<void> => {
    // It is to be written in.
    setOpen(false);
    await sayingFaults(onBlank);
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" width={300} trapFocus shadow="md">
      <Popover.Target>
        <Button variant="subtle" size="compact-sm" leftSection={<Plus size={14} aria-hidden="true" />} onClick={() => setOpen(!isOpen)}>
          {en.setlist.add}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={en.setlist.addTitle} className="add-song">
        <SongChoice onAdd={(ids) => sayingFaults(() => onAdd(ids))} onBlank={addBlank} {...rest} />
      </Popover.Dropdown>
    </Popover>
  );
}
