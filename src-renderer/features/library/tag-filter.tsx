import { ActionIcon, Button, Modal, MultiSelect, Stack, TextInput } from '@mantine/core';
import { Pencil, Tag } from 'lucide-react';
import { memo, useState, type FormEvent, type ReactElement } from 'react';
import { limits } from '../../../shared/base/limits.ts';
import { tidyTag } from '../../../shared/music/song-tags.ts';
import { en } from '../../text/en.ts';
import { useRenameTag } from './use-rename-tag.ts';

interface TagNameProps {
  tag: string;
  onRename: (name: string) => void;
  onClose: () => void;
}

function TagName({ tag, onRename, onClose }: TagNameProps): ReactElement {
  const [typed, setTyped] = useState(tag);
  const name = tidyTag(typed);
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (name === '') return;
    onClose();
    if (name !== tag) onRename(name);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={en.shelf.renameTag(tag)}
      size={400}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': en.app.close }}
    >
      <form onSubmit={onSubmit}>
        <Stack gap="md">
          <TextInput
            data-autofocus
            label={en.shelf.tagName}
            description={en.shelf.renameHint}
            value={typed}
            maxLength={limits.tagCharacters}
            onFocus={({ currentTarget }) => currentTarget.select()}
            onChange={({ currentTarget: { value } }) => setTyped(value)}
          />
          <Button type="submit" disabled={name === ''}>
            {en.shelf.rename}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}

interface TagFilterProps {
  all: string[];
  chosen: string[];
  onChoose: (tags: readonly string[]) => void;
  onRenamed: (from: string, to: string) => void;
}

/** Which tags the songs must have. The one that is chosen can be renamed. */
export const TagFilter = memo(function TagFilter({ all, chosen, onChoose, onRenamed }: TagFilterProps): ReactElement {
  const [isNaming, setNaming] = useState(false);
  const rename = useRenameTag(onRenamed);
  const [only, ...others] = chosen;
  const named = others.length === 0 && only !== undefined && all.includes(only) ? only : null;
  return (
    <>
      <MultiSelect
        className="library-tags"
        aria-label={en.shelf.filter}
        placeholder={chosen.length === 0 ? en.shelf.anyTags : ''}
        leftSection={<Tag size={16} aria-hidden="true" />}
        data={all}
        value={chosen}
        onChange={onChoose}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': en.shelf.clearFilter }}
      />
      {named !== null && (
        <ActionIcon
          variant="default"
          size={36}
          aria-label={en.shelf.renameTag(named)}
          title={en.shelf.renameTag(named)}
          onClick={() => setNaming(true)}
        >
          <Pencil size={16} aria-hidden="true" />
        </ActionIcon>
      )}
      {named !== null && isNaming && <TagName tag={named} onClose={() => setNaming(false)} onRename={(name) => rename(named, name)} />}
    </>
  );
});
