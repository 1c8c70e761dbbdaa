import type { Core } from '../core/create-core.ts';
import type { ElectronApi } from './electron-api.ts';
import { readCommandLine, type CommandLine } from './read-command-line.ts';
import { readJoinLink } from './read-join-link.ts';
import { readSongFiles, songEndings } from './read-song-files.ts';

/** Files and links that the system opens with this app, on each of the three systems in its own way. */
export interface Opening {
  /** From now on what came goes to core, and what came before. */
  deliverTo(core: Pick<Core, 'arrive'>, show: () => void): void;
  openFiles(paths: readonly string[]): Promise<void>;
  /** Asks for files by the system's dialog. */
  choose(): Promise<void>;
}

type Given = Pick<CommandLine, 'files' | 'links'>;

/** Must be called before the app is ready: macOS tells at once what it was started for. */
export function setupOpening({ app, dialog }: Pick<ElectronApi, 'app' | 'dialog'>, first: Given): Opening {
  let deliver: ((given: Given) => Promise<void>) | null = null;
  const early: Given[] = [first];
  const take = (given: Given): void => {
    if (deliver === null) early.push(given);
    else void deliver(given);
  };
  app.on('open-file', (event, path) => {
    event.preventDefault();
    take({ files: [path], links: [] });
  });
  app.on('open-url', (event, url) => {
    event.preventDefault();
    take({ files: [], links: [url] });
  });
  app.on('second-instance', (_event, args, directory) => {
    // The first argument is the program.
    take(readCommandLine(args.slice(1), directory));
  });
  if (app.isPackaged) app.setAsDefaultProtocolClient('chordme');

  const openFiles = async (paths: readonly string[]): Promise<void> => deliver?.({ files: [...paths], links: [] });
  return {
    deliverTo: (core, show) => {
      deliver = async ({ files, links }) => {
        const unreadable: string[] = [];
        const contents = await readSongFiles(files, (name) => unreadable.push(name));
        for (const path of files) app.addRecentDocument(path);
        if (contents.length > 0) core.arrive({ kind: 'files', files: contents });
        const places = links.map(readJoinLink);
        for (const path of places) if (path !== null) core.arrive({ kind: 'place', path });
        show();
        if (unreadable.length > 0) dialog.showErrorBox('ChordMe cannot open this', `These could not be read: ${unreadable.join(', ')}.`);
        if (places.includes(null)) {
          dialog.showErrorBox(
            'ChordMe cannot open this',
            'This link is not one that leads to a session. It may have been cut short: copy it whole.',
          );
        }
      };
      for (const given of early.splice(0)) if (given.files.length + given.links.length > 0) void deliver(given);
    },
    openFiles,
    choose: async () => {
      const filters = [{ name: 'Songs', extensions: [...songEndings] }];
      const { filePaths } = await dialog.showOpenDialog({ properties: ['openFile', 'multiSelections'], filters });
      if (filePaths.length > 0) await openFiles(filePaths);
    },
  };
}
