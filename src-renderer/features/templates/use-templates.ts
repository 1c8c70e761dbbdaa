import { useQuery } from '@tanstack/react-query';
import { builtInTemplates, type ListedTemplate } from '../../../shared/session/templates.ts';
import { ask } from '../../app/ask.ts';
import { useBridge } from '../../app/parts.tsx';
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

/** The server's templates; while it cannot be asked those of its last word, and before any the built-in ones, since every server has them. */
export function useTemplatesInSight(): TemplatesInSight {
  const bridge = useBridge();
  const service = useSessionManagementService();
  const account = useAppState().data?.account ?? null;
  const answer = useQuery({
    queryKey: [...keys.templates, account?.id],
    enabled: account !== null,
    queryFn: async () => (await service.getTemplates({})).items,
    staleTime: 60_000,
  });
  const known = useQuery({
    queryKey: [...keys.knownTemplates, account?.id],
    enabled: answer.isError,
    queryFn: () => ask(bridge, 'templates.known', {}),
  });
  const kept = known.data === undefined || known.data.length === 0 ? builtIn : known.data;
  return { templates: answer.data ?? kept, isTold: answer.data !== undefined, isRefused: answer.isError };
}

export function useTemplates(): readonly ListedTemplate[] {
  return useTemplatesInSight().templates;
}
