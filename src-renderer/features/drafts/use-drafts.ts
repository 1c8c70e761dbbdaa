import { useThrottledValue } from '@mantine/hooks';
import { useMemo } from 'react';
import type { Draft } from '../../../shared/ledger/draft.ts';
import type { LiveSession } from '../../session/live-session.ts';
import { useSessionView } from '../session/use-live-session.ts';

/** Each time folds the whole session: not with every key of the others. */
const everyMs = 1_000;

/** The drafts of an open session, made anew when it changed. */
export function useDrafts(live: LiveSession): readonly Draft[] {
  const view = useSessionView(live);
  const settled = useThrottledValue(view, everyMs);
  // How many there are is told at once: what was put away is gone with the press.
  // oxlint-disable-next-line react/exhaustive-deps
  return useMemo(() => live.drafts.list(), [live, settled, view.draftCount]);
}
