import { ActionIcon, Kbd, Menu } from '@mantine/core';
import { Ellipsis } from 'lucide-react';
import type { ReactElement, RefObject } from 'react';
import { chartText, sourceCommandNames } from './chart-text.ts';
import type { SourceCommand } from './editor/song-commands.ts';
import type { SourceEditorHandle } from './editor/source-editor-handle.ts';

export interface SourceMenuProps {
  editor: RefObject<SourceEditorHandle | null>;
  /** Of the song itself, for everybody who has it. */
  onTranspose: (semitones: number) => void;
}

const commands = Object.keys(sourceCommandNames) as SourceCommand[];

/** What the keys of the source do, for those who do not know them. */
export function SourceMenu({ editor, onTranspose }: SourceMenuProps): ReactElement {
  return (
    <Menu position="bottom-end" withinPortal withInitialFocusPlaceholder={false} returnFocus={false} transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={28} aria-label={chartText.sourceMenu}>
          <Ellipsis size={17} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {commands.map((command) => {
          const { name, keys } = sourceCommandNames[command];
          return (
            <Menu.Item key={command} rightSection={<Kbd size="xs">{keys}</Kbd>} onClick={() => editor.current?.run(command)}>
              {name}
            </Menu.Item>
          );
        })}
        <Menu.Divider />
        <Menu.Item rightSection={<Kbd size="xs">Ctrl/Cmd Shift ↑</Kbd>} onClick={() => onTranspose(1)}>
          {chartText.transposeSongUp}
        </Menu.Item>
        <Menu.Item rightSection={<Kbd size="xs">Ctrl/Cmd Shift ↓</Kbd>} onClick={() => onTranspose(-1)}>
          {chartText.transposeSongDown}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
