import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { JoinLink, SentInvitation } from '../../../shared/session/invitation-schemas.ts';
import type { Participant } from '../../../shared/session/schemas.ts';
import { keys } from '../../app/queries.ts';
import { useSessionManagementService } from '../sessions/use-sessions.ts';

/** Who takes part, and for who could lift it who is banned. */
export function useParticipants(sessionId: string): UseQueryResult<readonly Participant[]> {
  const service = useSessionManagementService();
  return useQuery({
    queryKey: keys.participants(sessionId),
    queryFn: () => service.getParticipants({ id: sessionId }),
    select: ({ items }) => items,
  });
}

/** Invitations that were sent, newest first: the hundred latest, more than may be open at once. */
export function useSentInvitations(sessionId: string): UseQueryResult<readonly SentInvitation[]> {
  const service = useSessionManagementService();
  return useQuery({
    queryKey: [...keys.ways(sessionId), 'invitations'],
    queryFn: async () => (await service.getInvitations({ id: sessionId, limit: 100 })).items,
  });
}

/** Open join links, newest first. */
export function useJoinLinks(sessionId: string): UseQueryResult<readonly JoinLink[]> {
  const service = useSessionManagementService();
  return useQuery({
    queryKey: [...keys.ways(sessionId), 'links'],
    queryFn: async () => (await service.getLinks({ id: sessionId })).items,
  });
}
