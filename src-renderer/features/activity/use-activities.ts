import { useInfiniteQuery, type InfiniteData, type UseInfiniteQueryResult } from '@tanstack/react-query';
import type { OutputOf } from '../../../shared/api/operations.ts';
import type { ActivityType } from '../../../shared/session/history-schemas.ts';
import { keys } from '../../app/queries.ts';
import { useSessionManagementService } from '../sessions/use-sessions.ts';

export interface ActivityFilter {
  type: ActivityType | null;
  actor: string | null;
  /** The last day of it, `2026-11-25`, as this computer's clock has days. */
  until: string | null;
}

export const noFilter: ActivityFilter = { type: null, actor: null, until: null };

/** The first moment that is no longer in that day; null where it is no day. */
export function endOfDay(day: string): string | null {
  const [year, month, date] = day.split('-').map(Number);
  if (year === undefined || month === undefined || date === undefined || !/^\d{4}-\d\d-\d\d$/u.test(day)) return null;
  const end = new Date(year, month - 1, date + 1);
  return Number.isNaN(end.getTime()) ? null : end.toISOString();
}

/** What happened, newest first, a page after the other. */
export function useActivities(sessionId: string, filter: ActivityFilter): UseInfiniteQueryResult<InfiniteData<OutputOf<'listActivities'>>> {
  const service = useSessionManagementService();
  const before = filter.until === null ? null : endOfDay(filter.until);
  return useInfiniteQuery({
    queryKey: [...keys.activities(sessionId), filter],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      service.getActivities({
        id: sessionId,
        ...(filter.type !== null && { type: filter.type }),
        ...(filter.actor !== null && { actor: filter.actor }),
        ...(before !== null && { before }),
        ...(pageParam !== null && { cursor: pageParam }),
      }),
    getNextPageParam: (last) => last.next_cursor,
  });
}
