import { useMutation, useQuery, useQueryClient, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { HostingState } from '../../../shared/ipc/hosting.ts';
import { ask } from '../../app/ask.ts';
import { useBridge } from '../../app/parts.tsx';
import { toFault } from '../../app/queries.ts';
import { sayFault } from '../../ui/notices.tsx';

const key = ['hosting'];

/** Whether others reach this computer, as it is now. */
export function useHosting(): UseQueryResult<HostingState> {
  const bridge = useBridge();
  const client = useQueryClient();
  useEffect(() => bridge.on('hosting.changed', (state) => client.setQueryData(key, state)), [bridge, client]);
  return useQuery({ queryKey: key, queryFn: () => ask(bridge, 'hosting.state', {}) });
}

/** Opens this computer to others at one of its addresses; null: to nobody. */
export function useChooseHosting(): UseMutationResult<HostingState, Error, string | null> {
  const bridge = useBridge();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (address) => ask(bridge, 'hosting.choose', { address }),
    onSuccess: async (state) => {
      client.setQueryData(key, state);
      // Links name another address now.
      await client.invalidateQueries({ queryKey: ['sessions', 'ways'] });
    },
    onError: (error) => sayFault(toFault(error)),
  });
}
