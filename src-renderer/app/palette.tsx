import { Modal } from '@mantine/core';
import { FileMusic, ListMusic, UsersRound, Zap } from 'lucide-react';
import { useId, useMemo, useState, type KeyboardEvent, type ReactElement } from 'react';
import { useNavigate } from 'react-router';
import { mayCall } from '../../shared/api/gate-policy.ts';
import { useSessionsInSight } from '../features/sessions/use-sessions.ts';
import { commandNames, commands, type Command } from '../../shared/ipc/commands.ts';
import { en } from '../text/en.ts';
import { makeSearchable, searchPalette, type PaletteEntry, type Searchable } from './palette-search.ts';
import { useAppState, useLibrary, useRecentSongs, useSetlists } from './queries.ts';
import { runCommand } from './run-command.ts';
import './overlays.css';

interface Runnable extends PaletteEntry {
  run: () => void;
}

const icons = { songs: FileMusic, setlists: ListMusic, sessions: UsersRound, actions: Zap } as const;
const shownAtMost = 12;

/** What needs a song in sight is offered where the song is, and by its key. */
const ofPages: ReadonlySet<Command> = new Set(['find', 'print', 'write-read', 'stage', 'transpose-up', 'transpose-down']);
const actions = commandNames.filter((name) => !ofPages.has(name));

const administration = (run: () => void): Runnable => ({ id: 'administration', group: 'actions', title: en.admin.open, detail: '', run });

/** Those opened last come first; the rest as the library has them. */
function useSongEntries(): Searchable<Runnable>[] {
  const navigate = useNavigate();
  const { data: library } = useLibrary();
  const { data: recent } = useRecentSongs();
  return useMemo(() => {
    const recentIds = new Set(recent?.map(({ id }) => id));
    const songs = [...(recent ?? []), ...(library ?? []).filter(({ id }) => !recentIds.has(id))];
    return makeSearchable(
      songs.map(({ id, title, artist }): Runnable => ({
        id,
        group: 'songs',
        title: title === '' ? en.library.untitled : title,
        detail: artist,
        run: () => void navigate(`/song/${id}`),
      })),
    );
  }, [library, recent, navigate]);
}

function usePaletteEntries(): Searchable<Runnable>[] {
  const navigate = useNavigate();
  const setlists = useSetlists().data ?? [];
  const { sessions } = useSessionsInSight();
  const account = useAppState().data?.account ?? null;
  const go = (to: string) => (): void => void navigate(to);
  const others = [
    ...(sessions ?? []).map((session): Runnable => ({
      id: session.id,
      group: 'sessions',
      title: session.name,
      detail: session.song?.title ?? '',
      run: go(`/session/${session.id}`),
    })),
    ...setlists.map((setlist): Runnable => ({
      id: setlist.id,
      group: 'setlists',
      title: setlist.name,
      detail: '',
      run: go(`/setlist/${setlist.id}`),
    })),
    ...actions.map((id): Runnable => ({ id, group: 'actions', title: commands[id].title, detail: '', run: () => runCommand(id) })),
    ...(mayCall('serverStatus', account) ? [administration(go('/settings/administration'))] : []),
  ];
  const [inSessions, rest] = [others.filter(({ group }) => group === 'sessions'), others.filter(({ group }) => group !== 'sessions')];
  return [...makeSearchable(inSessions), ...useSongEntries(), ...makeSearchable(rest)];
}

/** The keys at once; the dialog gives its field the focus only some time after it is there. */
const takeKeys = (field: HTMLInputElement | null): void => field?.focus({ preventScroll: true });

function PaletteBody({ onClose }: { onClose: () => void }): ReactElement {
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const listId = useId();
  const found = searchPalette(usePaletteEntries(), typed, shownAtMost);
  const at = Math.min(chosen, found.length - 1);
  const run = (entry: Runnable | undefined): void => {
    if (entry === undefined) return;
    onClose();
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setChosen((at + step + found.length) % Math.max(found.length, 1));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(found[at]);
    }
  };
  return (
    <>
      <input
        ref={takeKeys}
        className="palette-field"
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={at >= 0 ? `${listId}-${String(at)}` : undefined}
        aria-label={en.palette.field}
        placeholder={en.palette.placeholder}
        value={typed}
        maxLength={200}
        data-autofocus
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      {/* The pattern of a combobox; a native select cannot be searched by words. */}
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role */}
      <div className="palette-list" role="listbox" id={listId} aria-label={en.palette.title}>
        {found.map((entry, index) => {
          const Icon = icons[entry.group];
          return (
            <button
              type="button"
              key={`${entry.group} ${entry.id}`}
              id={`${listId}-${String(index)}`}
              // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
              role="option"
              aria-selected={index === at}
              tabIndex={-1}
              className={index === at ? 'palette-entry palette-chosen' : 'palette-entry'}
              onMouseMove={() => setChosen(index)}
              onClick={() => run(entry)}
            >
              <Icon size={16} aria-hidden="true" />
              <span className="cm-ellipsis">{entry.title}</span>
              <span className="cm-grow cm-muted cm-small cm-ellipsis">{entry.detail}</span>
              <span className="cm-muted cm-small">{en.palette[entry.group]}</span>
            </button>
          );
        })}
      </div>
      {found.length === 0 && <p className="palette-nothing cm-muted">{en.palette.nothing}</p>}
      <p className="palette-hint cm-small cm-muted">{en.palette.hint}</p>
    </>
  );
}

/** Any song, session or action by a few letters. */
export function Palette({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }): ReactElement {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      withCloseButton={false}
      size={560}
      padding={0}
      centered={false}
      yOffset="12vh"
      transitionProps={{ duration: 0 }}
      // It takes the field of this dialog for what had the focus before.
      returnFocus={false}
      attributes={{ content: { 'aria-label': en.palette.title } }}
    >
      <PaletteBody onClose={onClose} />
    </Modal>
  );
}
