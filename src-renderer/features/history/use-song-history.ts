import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { SongHistory } from '../../../shared/ledger/song-history.ts';
import type { LiveSession } from '../../session/live-session.ts';

/** Read anew whenever somebody looks: a fold of everything is not kept. */
export function useSongHistory(live: LiveSession, songId: string): UseQueryResult<SongHistory> {
  return useQuery({
    queryKey: ['song-history', live.sessionId, songId],
    queryFn: () => live.songHistory(songId),
    enabled: songId !== '',
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}
