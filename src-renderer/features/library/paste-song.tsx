import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { limits } from '../../../shared/base/limits.ts';
import { en } from '../../text/en.ts';

interface PasteSongProps {
  onCancel: () => void;
  onPasted: (title: string, text: string) => void;
}

/** A song from a web page, a letter, a chat: whatever its form. */
export function PasteSong({ onCancel, onPasted }: PasteSongProps): ReactElement {
  const [title, setTitle] = useState('');
  const [text, setText] = useState('');
  return (
    <Modal
      opened
      onClose={onCancel}
      title={en.library.paste}
      size="lg"
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': en.app.close }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onPasted(title, text);
        }}
      >
        <Stack gap="sm">
          <Textarea
            data-autofocus
            label={en.library.pasteText}
            description={en.library.pasteHint}
            rows={14}
            maxLength={limits.songCharacters}
            classNames={{ input: 'paste-song-text' }}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <TextInput
            label={en.library.pasteTitle}
            description={en.library.pasteTitleHint}
            maxLength={200}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onCancel}>
              {en.app.cancel}
            </Button>
            <Button type="submit" disabled={text.trim() === ''}>
              {en.library.pasteLook}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
