import {
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type InfiniteData,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { OutputOf } from '../../../shared/api/operations.ts';
import type { Recording } from '../../../shared/session/recording-schemas.ts';
import { ask } from '../../app/ask.ts';
import { useBridge } from '../../app/parts.tsx';
import { keys, toFault } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { sayDone, sayFault } from '../../ui/notices.tsx';
import { useSessionManagementService } from '../sessions/use-sessions.ts';

const minuteMs = 60_000;

/** Begins (true) or ends a recording. */
export function useRecording(id: string): UseMutationResult<void, Error, boolean> {
  const service = useSessionManagementService();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (isBeginning: boolean) => {
      if (isBeginning) {
        await service.startRecording({ id });
        sayDone(en.recordings.started);
      } else {
        const { duration_ms } = await service.stopRecording({ id });
        sayDone(en.recordings.stopped(Math.round(duration_ms / minuteMs)));
      }
    },
    onError: (error) => sayFault(toFault(error)),
    onSettled: () => client.invalidateQueries({ queryKey: keys.session(id) }),
  });
}

/** Whether it runs is part of the key: one that began or ended is in the list at once. */
export function useRecordings(id: string, isRecording: boolean): UseInfiniteQueryResult<InfiniteData<OutputOf<'listRecordings'>>> {
  const service = useSessionManagementService();
  return useInfiniteQuery({
    queryKey: [...keys.recordings(id), isRecording],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => service.getRecordings({ id, ...(pageParam === null ? {} : { cursor: pageParam }) }),
    getNextPageParam: ({ next_cursor }) => next_cursor,
    placeholderData: (before) => before,
  });
}

/** Those that were played here before: they play without the server as well. */
export function useKeptRecordings(id: string, isNeeded: boolean): UseQueryResult<Recording[]> {
  const bridge = useBridge();
  return useQuery({
    queryKey: [...keys.recordings(id), 'kept'],
    queryFn: async () => (await ask(bridge, 'recordings.kept', { session_id: id })).map(({ recording }) => recording),
    enabled: isNeeded,
  });
}

export function useMyRecordingChoice(id: string): UseQueryResult<OutputOf<'myRecordingChoice'>> {
  const service = useSessionManagementService();
  return useQuery({ queryKey: keys.recordingChoice(id), queryFn: () => service.getMyRecordingChoice({ id }) });
}

export function useSetMyRecordingChoice(id: string): UseMutationResult<void, Error, boolean> {
  const service = useSessionManagementService();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (is_left_out: boolean) => {
      client.setQueryData(keys.recordingChoice(id), await service.setMyRecordingChoice({ id, is_left_out }));
      sayDone(is_left_out ? en.recordings.choice.on : en.recordings.choice.off);
    },
    onError: (error) => sayFault(toFault(error)),
  });
}
