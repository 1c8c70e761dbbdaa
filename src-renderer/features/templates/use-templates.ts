import { useQuery } from '@tanstack/react-query';
import { builtInTemplates, type ListedTemplate } from '../../../shared/session/templates.ts';
import { keys, useAppState } from '../../app/queries.ts';
import { useSessionManagementService } from '../sessions/use-sessions.ts';

const builtIn: readonly ListedTemplate[] = builtInTemplates.map((template) => ({
  ...template,
  is_shared: true,
  is_mine: false,
  owner_name: null,
  uses: 0,
}));

export interface TemplatesInSight {
  templates: readonly ListedTemplate[];
  /** Whether the server told them; until then they are the built-in ones, without their uses. */
  isTold: boolean;
  isRefused: boolean;
}

/** The server's templates; the built-in ones while it cannot be asked, since every server has them. */
export function useTemplatesInSight(): TemplatesInSight {
  const service = useSessionManagementService();
  const account = useAppState().data?.account ?? null;
  const answer = useQuery({
    queryKey: [...keys.templates, account?.id],
    enabled: account !== null,
    queryFn: async () => (await service.getTemplates({})).items,
    staleTime: 60_000,
  });
  return { templates: answer.data ?? builtIn, isTold: answer.data !== undefined, isRefused: answer.isError };
}

export function useTemplates(): readonly ListedTemplate[] {
  return useTemplatesInSight().templates;
}
