import { useQuery } from '@tanstack/react-query';
import { builtInTemplates, type Template } from '../../../shared/session/templates.ts';
import { keys, useAppState } from '../../app/queries.ts';
import { useSessionManagementService } from '../sessions/use-sessions.ts';

/** The server's templates; the built-in ones while it cannot be asked, since every server has them. */
export function useTemplates(): readonly Template[] {
  const service = useSessionManagementService();
  const account = useAppState().data?.account ?? null;
  const answer = useQuery({
    queryKey: [...keys.templates, account?.id],
    enabled: account !== null,
    queryFn: async () => (await service.getTemplates({})).items,
    staleTime: 60_000,
  });
  return answer.data ?? builtInTemplates;
}
