import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import { operations, type InputOf, type OutputOf } from '../../../shared/api/operations.ts';
import type { OutboxContent, WaitingOperation } from '../../../shared/ipc/outbox.ts';
import { ask } from '../../app/ask.ts';
import { useBridge } from '../../app/parts.tsx';
import { keys } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { sayDone } from '../../ui/notices.tsx';

export function useOutbox(): UseQueryResult<OutboxContent> {
  const bridge = useBridge();
  return useQuery({ queryKey: keys.outbox, queryFn: () => ask(bridge, 'outbox.list', {}) });
}

type Sent<N extends WaitingOperation> = { isDone: true; output: OutputOf<N> } | { isDone: false };

/**
 * Does it now, or keeps it for the time when the server is in reach, and says so. Throws the Fault that it was refused with.
 * @param about whom or what it is about, as the list of what waits names it
 */
export type Send = <N extends WaitingOperation>(operation: N, input: InputOf<N>, about: string) => Promise<Sent<N>>;

export function useSend(): Send {
  const bridge = useBridge();
  return useMemo(
    () => async (operation, input, about) => {
      const outcome = await ask(bridge, 'outbox.send', { operation, input, about: about.slice(0, 300) });
      if (outcome.state === 'done') {
        return { isDone: true, output: operations[operation].output.parse(outcome.output) as OutputOf<typeof operation> };
      }
      sayDone(en.outbox.kept);
      return { isDone: false };
    },
    [bridge],
  );
}
