import { useNavigate } from 'react-router';
import type { Command } from '../../shared/ipc/commands.ts';
import { useSongActions } from '../features/library/use-song-actions.ts';
import { useArrivedFiles } from './arrived-files.tsx';
import { useCopyReport } from './use-copy-report.ts';

type PageCommand = 'find' | 'show-keys' | 'print' | 'write-read' | 'stage' | 'transpose-up' | 'transpose-down';

/** The browser's dialog for files; it opens only while a press of the person is fresh. */
function chooseFiles(onChosen: (files: readonly File[]) => void): void {
  const picker = document.createElement('input');
  picker.type = 'file';
  picker.multiple = true;
  picker.addEventListener('change', () => onChosen([...(picker.files ?? [])]));
  picker.click();
}

/** What can be done from every page. */
export function useAppCommands(): Record<Exclude<Command, PageCommand>, () => void> {
  const navigate = useNavigate();
  const { createSong } = useSongActions();
  const { arrive } = useArrivedFiles();
  const copyReport = useCopyReport();
  const go = (to: string) => (): void => void navigate(to);
  return {
    'new-song': () => void createSong(),
    'import-songs': () => chooseFiles(arrive),
    'new-session': go('/sessions?new=1'),
    join: go('/join'),
    library: go('/library'),
    sessions: go('/sessions'),
    invitations: go('/invitations'),
    templates: go('/templates'),
    waiting: go('/waiting'),
    settings: go('/settings'),
    'copy-report': () => void copyReport(),
  };
}
