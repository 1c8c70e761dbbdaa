import { ActionIcon, Menu } from '@mantine/core';
import { Download } from 'lucide-react';
import type { ReactElement } from 'react';
import { useKeyCommands } from '../../app/use-key-commands.ts';
import { readSongHead } from '../../../shared/music/read-song-head.ts';
import { chartText, formatNames } from './chart-text.ts';
import { fileName } from './out/file-name.ts';
import { printSongs } from './out/print-sheet.tsx';
import { saveFile } from './out/save-file.ts';
import { songFormats, type SongFormatName } from './out/song-formats.ts';
import type { ViewSettings } from './view-settings.ts';

export interface ExportMenuProps {
  /** Read when something is taken out, so that the menu is not drawn again with every keystroke. */
  readSource: () => string;
  /** Print follows one's own view; files are the shared chart. */
  settings: ViewSettings;
  /** Where the file of a song is kept byte by byte: saves that, instead of its text. */
  saveChordPro?: () => void;
}

const names = Object.keys(songFormats) as SongFormatName[];

/** Takes a song out of the program: as a file, or on paper. */
export function ExportMenu({ readSource, settings, saveChordPro }: ExportMenuProps): ReactElement {
  const save = (name: SongFormatName): void => {
    if (name === 'chordpro' && saveChordPro !== undefined) {
      saveChordPro();
      return;
    }
    const { extension, mediaType, write } = songFormats[name];
    const source = readSource();
    saveFile(fileName(readSongHead(source).title, extension), mediaType, write(source));
  };
  const print = (): void => void printSongs([{ source: readSource(), settings }]);
  useKeyCommands({ print });
  return (
    <Menu position="bottom-end" withinPortal withInitialFocusPlaceholder={false} transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <ActionIcon variant="default" size={26} aria-label={chartText.exportSong} title={chartText.exportSong}>
          <Download size={15} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {names.map((name) => (
          <Menu.Item key={name} onClick={() => save(name)}>
            {formatNames[name]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={print}>{chartText.print}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
