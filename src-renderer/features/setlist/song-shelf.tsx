import { Button, Checkbox, Modal, Stack, TagsInput } from '@mantine/core';
import { Plus } from 'lucide-react';
import { useId, useState, type ReactElement } from 'react';
import { useNavigate } from 'react-router';
import { limits } from '../../../shared/base/limits.ts';
import type { LibrarySongHead } from '../../../shared/ipc/library.ts';
import { tidyTag } from '../../../shared/music/song-tags.ts';
import { ask } from '../../app/ask.ts';
import { useBridge } from '../../app/parts.tsx';
import { useLibrary, useSetlists } from '../../app/queries.ts';
import { sayingFaults } from '../../app/saying-faults.ts';
import { en } from '../../text/en.ts';
import './song-shelf.css';
import { tagsOf } from './tags-of.ts';
import { useSetlistDeeds } from './use-setlist-deeds.ts';

function SongTags({ song }: { song: LibrarySongHead }): ReactElement {
  const bridge = useBridge();
  const library = useLibrary().data ?? [];
  // What was chosen last stands at once; core answers with its spelling.
  const [tags, setTags] = useState<readonly string[]>(song.tags);
  const change = (wanted: readonly string[]): void => {
    const tidy = wanted.map((tag) => tidyTag(tag).slice(0, limits.tagCharacters).trim()).filter((tag) => tag !== '');
    setTags(tidy);
    void sayingFaults(async () => setTags((await ask(bridge, 'library.set_tags', { id: song.id, tags: tidy })).tags));
  };
  return (
    <TagsInput
      data-autofocus
      label={en.shelf.tags}
      description={en.shelf.tagsHint}
      value={[...tags]}
      data={tagsOf(library)}
      maxTags={limits.tagsPerSong}
      maxLength={limits.tagCharacters}
      acceptValueOnBlur
      onChange={change}
    />
  );
}

function SongSetlists({ song }: { song: LibrarySongHead }): ReactElement {
  const setlists = useSetlists().data ?? [];
  const deeds = useSetlistDeeds();
  const navigate = useNavigate();
  const headingId = useId();
  const create = (): void =>
    void sayingFaults(async () => {
      const { id } = await deeds.create([song.id]);
      await navigate(`/setlist/${id}`);
    });
  return (
    <section aria-labelledby={headingId}>
      <h3 id={headingId} className="song-shelf-title">
        {en.shelf.onSetlists}
      </h3>
      {setlists.length === 0 && <p className="cm-muted cm-small">{en.shelf.noSetlists}</p>}
      <ul className="song-shelf-setlists">
        {setlists.map((setlist) => (
          <li key={setlist.id}>
            <Checkbox
              label={setlist.name}
              checked={setlist.song_ids.includes(song.id)}
              onChange={({ currentTarget: { checked } }) => {
                if (checked) void deeds.put(setlist.id, song.id, setlist.song_ids.at(-1) ?? null);
                else void deeds.take(setlist, { item_id: song.id, song_id: song.id, title: song.title });
              }}
            />
          </li>
        ))}
      </ul>
      <Button variant="subtle" size="compact-sm" leftSection={<Plus size={14} aria-hidden="true" />} onClick={create}>
        {en.shelf.make}
      </Button>
    </section>
  );
}

/** What one sorts a song by: its tags, and the setlists it is on. Each change is kept at once. */
export function SongShelf({ song, onClose }: { song: LibrarySongHead; onClose: () => void }): ReactElement {
  return (
    <Modal
      opened
      onClose={onClose}
      title={song.title === '' ? en.library.untitled : song.title}
      size={480}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': en.app.close }}
    >
      <Stack gap="md">
        <SongTags song={song} />
        <SongSetlists song={song} />
      </Stack>
    </Modal>
  );
}
