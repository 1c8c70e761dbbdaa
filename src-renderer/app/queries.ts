import { QueryClient, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { Fault } from '../../shared/base/errors.ts';
import type { AppOptions, AppState } from '../../shared/ipc/contract.ts';
import type { LibrarySong, LibrarySongHead } from '../../shared/ipc/library.ts';
import type { Setlist } from '../../shared/ipc/setlists.ts';
import type { Session } from '../../shared/session/schemas.ts';
import { ask } from './ask.ts';
import { useBridge } from './parts.tsx';

export const keys = {
  appState: ['app-state'],
  recovery: ['recovery'],
  library: ['library'],
  /** Told anew with the library: core says so by one event. */
  recentSongs: ['library', 'recent'],
  setlists: ['library', 'setlists'],
  songText: (id: string) => ['library', 'text', id],
  appOptions: ['app-options'],
  updates: ['updates'],
  song: (id: string) => ['song', id],
  knownSessions: ['sessions', 'known'],
  /** Told anew with the sessions: core says so by one event. */
  draftSessions: ['sessions', 'drafts'],
  mySessions: ['sessions', 'mine'],
  session: (id: string) => ['sessions', 'one', id],
  participants: (id: string) => ['sessions', 'people', id],
  /** Invitations that were sent, and links: ways into it. */
  ways: (id: string) => ['sessions', 'ways', id],
  recordings: (id: string) => ['recordings', id],
  recordingChoice: (id: string) => ['recording-choice', id],
  activities: (id: string) => ['sessions', 'activities', id],
  /** Numbers of it, and how alive it is. */
  numbers: (id: string) => ['sessions', 'numbers', id],
  invitations: ['invitations'],
  templates: ['templates'],
  knownTemplates: ['known-templates'],
  devices: ['devices'],
  outbox: ['outbox'],
  admin: ['admin'],
} as const;

/** Core answers from this computer's disk: refusals are final, and nothing waits for the browser to think it is online. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { networkMode: 'always', retry: false, staleTime: 5_000, refetchOnWindowFocus: true },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}

export function useAppState(): UseQueryResult<AppState> {
  const bridge = useBridge();
  return useQuery({ queryKey: keys.appState, queryFn: () => ask(bridge, 'app.state', {}) });
}

export function useLibrary(): UseQueryResult<LibrarySongHead[]> {
  const bridge = useBridge();
  return useQuery({ queryKey: [...keys.library, 'list'], queryFn: () => ask(bridge, 'library.list', {}) });
}

export function useRecentSongs(): UseQueryResult<LibrarySongHead[]> {
  const bridge = useBridge();
  return useQuery({ queryKey: keys.recentSongs, queryFn: () => ask(bridge, 'library.recent', {}) });
}

export function useSetlists(): UseQueryResult<Setlist[]> {
  const bridge = useBridge();
  return useQuery({ queryKey: keys.setlists, queryFn: () => ask(bridge, 'setlists.list', {}) });
}

/** A song to be read, as it is now; the one before stays in sight until it is there. Nothing is asked for null. */
export function useSongToRead(id: string | null): UseQueryResult<LibrarySong> {
  const bridge = useBridge();
  return useQuery({
    queryKey: keys.songText(id ?? ''),
    queryFn: () => ask(bridge, 'library.get', { id: id ?? '' }),
    enabled: id !== null,
    placeholderData: (before) => before,
  });
}

export function useAppOptions(): UseQueryResult<AppOptions> {
  const bridge = useBridge();
  return useQuery({ queryKey: keys.appOptions, queryFn: () => ask(bridge, 'app.options', {}) });
}

export function useLibrarySong(id: string): UseQueryResult<LibrarySong> {
  const bridge = useBridge();
  return useQuery({ queryKey: keys.song(id), queryFn: () => ask(bridge, 'library.get', { id }), staleTime: Infinity, gcTime: 0 });
}

export function useKnownSessions(): UseQueryResult<Session[]> {
  const bridge = useBridge();
  return useQuery({ queryKey: keys.knownSessions, queryFn: () => ask(bridge, 'sessions.known', {}) });
}

/** Whether an answer did not come because the server is not there: what this computer knows is shown then. */
export function isServerAway(error: unknown): boolean {
  return error instanceof Fault && (error.code === 'unreachable' || error.code === 'unavailable');
}

/** What went wrong as a fault; `internal` where it is none. */
export function toFault(error: unknown): Fault {
  return error instanceof Fault ? error : new Fault('internal', error instanceof Error ? error.message : undefined);
}
