import { useQuery, useQueryClient, type UseQueryOptions, type UseQueryResult } from '@tanstack/react-query';
import type { Bridge, ResultOf } from '../../shared/ipc/contract.ts';
import { ask } from './ask.ts';
import { useBridge } from './parts.tsx';
import { keys } from './queries.ts';

export type SongFinds = ResultOf<'library.search'>;

/**
 * Each search is kept by what it was for: an answer that comes late is not taken for that of a later letter. What was found for the
 * letter before stays in sight until the answer is there; null while there was none since the field was empty.
 */
export function songSearch(bridge: Bridge, q: string, tags: readonly string[]) {
  return {
    queryKey: [...keys.library, 'search', q, tags],
    queryFn: () => ask(bridge, 'library.search', { q, tags: [...tags] }),
    // Each beginning of a word that was typed: not kept for long.
    gcTime: 30_000,
    enabled: q !== '',
    ...(q === '' && { initialData: null }),
    placeholderData: (before) => before,
  } satisfies UseQueryOptions<SongFinds | null>;
}

/** Songs found by what was typed, best first; nothing is asked for ''. */
export function useSongSearch(q: string, tags: readonly string[] = []): UseQueryResult<SongFinds | null> {
  return useQuery(songSearch(useBridge(), q, tags));
}

/** The answer to what `useSongSearch` asks for, or is about to ask for. */
export function useSearchAhead(): (q: string, tags?: readonly string[]) => Promise<SongFinds | null> {
  const bridge = useBridge();
  const client = useQueryClient();
  return (q, tags = []) => (q === '' ? Promise.resolve(null) : client.fetchQuery(songSearch(bridge, q, tags)));
}
