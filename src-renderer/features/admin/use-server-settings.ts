import { useMutation, useQuery, useQueryClient, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import type { InputOf, OutputOf } from '../../../shared/api/operations.ts';
import { useBridge } from '../../app/parts.tsx';
import { keys } from '../../app/queries.ts';
import { request } from '../../app/request.ts';
import { sayDone } from '../../ui/notices.tsx';

export type ShownSettings = OutputOf<'getServerSettings'>;
const key = [...keys.admin, 'settings'];

export function useServerSettings(): UseQueryResult<ShownSettings> {
  const bridge = useBridge();
  return useQuery({ queryKey: key, queryFn: () => request(bridge, 'getServerSettings', {}) });
}

/** @param done what is said when the server has taken it */
export function useChangeSettings(
  done: (settings: ShownSettings) => string,
): UseMutationResult<ShownSettings, Error, InputOf<'updateServerSettings'>> {
  const bridge = useBridge();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change) => request(bridge, 'updateServerSettings', change),
    onSuccess: async (settings) => {
      client.setQueryData(key, settings);
      sayDone(done(settings));
      // What the server says of itself is different now: this app's own sign-in form follows.
      await request(bridge, 'describeServer', {});
    },
  });
}
