import { useMemo, useSyncExternalStore } from 'react';
import type { CommentThread, LiveSession } from '../../session/live-session.ts';

interface GoneStore {
  subscribe: (listener: () => void) => () => void;
  read: () => string;
}

/** Which comments have lost their words, looked at with the frame after a change. One text, so that equal answers are the same one. */
function goneStore(live: LiveSession, songId: string, threads: readonly CommentThread[]): GoneStore {
  const anchored = threads.flatMap(({ id, anchor }) => (anchor === null ? [] : [{ id, anchor }]));
  const anchors = anchored.map(({ anchor }) => anchor);
  const look = (): string => {
    if (anchors.length === 0) return '';
    const places = live.placesOf(songId, anchors);
    return anchored
      .filter((_thread, at) => (places[at] ?? null) === null)
      .map(({ id }) => id)
      .join(' ');
  };
  let current = look();
  return {
    read: () => current,
    subscribe: (listener) => {
      if (anchors.length === 0) return () => undefined;
      const text = live.songText(songId);
      let frame = 0;
      const onChange = (): void => {
        if (frame !== 0) return;
        frame = requestAnimationFrame(() => {
          frame = 0;
          const next = look();
          if (next === current) return;
          current = next;
          listener();
        });
      };
      // What changed before anybody listened.
      current = look();
      text.observe(onChange);
      return () => {
        text.unobserve(onChange);
        cancelAnimationFrame(frame);
      };
    },
  };
}

/** Ids of the comments on this song whose words are not in it any more, or not yet. */
export function useGoneComments(
  live: LiveSession,
  songId: string,
  threads: readonly CommentThread[],
  documentVersion: number,
): ReadonlySet<string> {
  // A replaced document has another text behind the same song.
  // oxlint-disable-next-line react/exhaustive-deps
  const store = useMemo(() => goneStore(live, songId, threads), [live, songId, threads, documentVersion]);
  const gone = useSyncExternalStore(store.subscribe, store.read);
  return useMemo(() => new Set(gone === '' ? [] : gone.split(' ')), [gone]);
}
