import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Invitation } from '../../../shared/session/invitation-schemas.ts';
import { keys, useAppState } from '../../app/queries.ts';
import { useSessionManagementService } from '../sessions/use-sessions.ts';

/** Open invitations to me, newest first; core says when they change. */
export function useInvitations(): UseQueryResult<readonly Invitation[]> {
  const service = useSessionManagementService();
  const account = useAppState().data?.account ?? null;
  return useQuery({
    queryKey: [...keys.invitations, account?.id],
    enabled: account !== null && account.email !== null,
    queryFn: async () => (await service.getMyInvitations({ limit: 100 })).items,
  });
}
