import { QueryClient, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Fault } from '../../shared/base/errors.ts';
import type { AppState, LibrarySong, LibrarySongHead } from '../../shared/ipc/contract.ts';
import type { Session } from '../../shared/session/schemas.ts';
import { ask } from './ask.ts';
import { useBridge } from './parts.tsx';

export const keys = {
  appState: ['app-state'],
  library: ['library'],
  song: (id: string) => ['song', id],
  knownSessions: ['sessions', 'known'],
  /** Told anew with the sessions: core says so by one event. */
  draftSessions: ['sessions', 'drafts'],
  mySessions: ['sessions', 'mine'],
  session: (id: string) => ['sessions', 'one', id],
  participants: (id: string) => ['sessions', 'people', id],
  templates: ['templates'],
  devices: ['devices'],
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

/** Core's events make what they speak of fresh again. */
export function useCoreEvents(): void {
  const bridge = useBridge();
  const client = useQueryClient();
  useEffect(() => {
    const undo = [
      bridge.on('app.state_changed', (state) => {
        const before = client.getQueryData<AppState>(keys.appState);
        client.setQueryData(keys.appState, state);
        const isSamePlace = before?.account?.id === state.account?.id && before?.server?.url === state.server?.url;
        if (!isSamePlace || before?.server?.is_reachable !== state.server?.is_reachable) {
          void client.invalidateQueries({ queryKey: ['sessions'] });
        }
      }),
      bridge.on('library.changed', () => void client.invalidateQueries({ queryKey: keys.library })),
      bridge.on('sessions.changed', () => void client.invalidateQueries({ queryKey: ['sessions'] })),
    ];
    return () => {
      for (const end of undo) end();
    };
  }, [bridge, client]);
}

export function useAppState(): UseQueryResult<AppState> {
  const bridge = useBridge();
  return useQuery({ queryKey: keys.appState, queryFn: () => ask(bridge, 'app.state', {}) });
}

export function useLibrary(q = ''): UseQueryResult<LibrarySongHead[]> {
  const bridge = useBridge();
  return useQuery({
    queryKey: [...keys.library, 'list', q],
    queryFn: () => ask(bridge, 'library.list', q === '' ? {} : { q }),
    placeholderData: (before) => before,
  });
}

export function useLibrarySong(id: string): UseQueryResult<LibrarySong> {
  const bridge = useBridge();
  return useQuery({ queryKey: keys.song(id), queryFn: () => ask(bridge, 'library.get', { id }), staleTime: Infinity, gcTime: 0 });
}

export function useKnownSessions(): UseQueryResult<Session[]> {
  const bridge = useBridge();
  return useQuery({ queryKey: keys.knownSessions, queryFn: () => ask(bridge, 'sessions.known', {}) });
}

export function toFault(error: unknown): Fault {
  return error instanceof Fault ? error : new Fault('internal', error instanceof Error ? error.message : undefined);
}
