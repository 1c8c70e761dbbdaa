import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Fault } from '../../../shared/base/errors.ts';
import type { Session } from '../../../shared/session/schemas.ts';
import { useBridge } from '../../app/parts.tsx';
import { keys, toFault, useAppState, useKnownSessions } from '../../app/queries.ts';
import { createSessionManagementService, type SessionManagementService } from './session-management-service.ts';

export function useSessionManagementService(): SessionManagementService {
  const bridge = useBridge();
  return useMemo(() => createSessionManagementService(bridge), [bridge]);
}

/** My sessions on the server, all pages; refused when it is not reachable or nobody is signed in. */
function useMySessions(): UseQueryResult<Session[]> {
  const service = useSessionManagementService();
  const account = useAppState().data?.account ?? null;
  return useQuery({
    queryKey: [...keys.mySessions, account?.id],
    enabled: account !== null,
    queryFn: async () => {
      const all: Session[] = [];
      let cursor: string | null = null;
      do {
        const page = await service.getMySessions({ limit: 100, ...(cursor === null ? {} : { cursor }) });
        all.push(...page.items);
        cursor = page.next_cursor;
      } while (cursor !== null);
      return all;
    },
  });
}

export interface SessionsInSight {
  sessions: readonly Session[] | null;
  /** Only what this computer knows: the server did not answer. */
  isOffline: boolean;
}

/** The server's list, and until it has answered or when it cannot, the ones that this computer knows. */
export function useSessionsInSight(): SessionsInSight {
  const known = useKnownSessions();
  const mine = useMySessions();
  const isOffline = mine.isError && known.isSuccess;
  // Deleted ones, and those that one no longer takes part in: only this computer knows them.
  const gone = (known.data ?? []).filter(({ id, role }) => role === null && mine.data?.some((session) => session.id === id) !== true);
  const told = mine.data === undefined ? undefined : [...mine.data, ...gone];
  return { sessions: isOffline ? known.data : (told ?? known.data ?? null), isOffline };
}

export interface SessionInSight {
  session: Session | null;
  /** Why the server did not tell; null while it is asked and when it did. */
  fault: Fault | null;
}

/** One session: from the server, else as this computer last saw it. */
export function useSession(id: string): SessionInSight {
  const service = useSessionManagementService();
  const known = useKnownSessions().data?.find((session) => session.id === id);
  const told = useQuery({ queryKey: keys.session(id), queryFn: () => service.getSession({ id }) });
  return { session: told.data ?? known ?? null, fault: told.isError ? toFault(told.error) : null };
}
