import { useCallback, useDeferredValue, useMemo, useSyncExternalStore } from 'react';
import type { Player, PlayerState } from './player.ts';

function isSame(one: unknown, other: unknown): boolean {
  return Object.is(one, other) || (typeof one === 'object' && typeof other === 'object' && JSON.stringify(one) === JSON.stringify(other));
}

/** Reads what is selected; the same object as long as it says the same. */
function steadily<T>(player: Player, select: (state: PlayerState) => T): () => T {
  let state = player.read();
  let value = select(state);
  return () => {
    const now = player.read();
    if (now === state) return value;
    state = now;
    const next = select(now);
    if (!isSame(value, next)) value = next;
    return value;
  };
}

/**
 * What a part of the page shows of the player: time goes on with every frame, and only what became another is drawn again.
 * @param select the same function as long as it means the same
 */
export function usePlayer<T>(player: Player, select: (state: PlayerState) => T): T {
  const read = useMemo(() => steadily(player, select), [player, select]);
  return useSyncExternalStore(player.subscribe, read);
}

/** Ten times a second is as quick as anybody follows a page that is drawn anew. */
const beatMs = 100;

/** As `usePlayer`, for what is dear to draw: while it plays only so often; where it stands still or was sought, at once. */
export function usePlayerInBeats<T>(player: Player, select: (state: PlayerState) => T): T {
  const read = useMemo(() => steadily(player, select), [player, select]);
  const subscribe = useCallback(
    (listener: () => void) => {
      let nextMs = -Infinity;
      return player.subscribe(() => {
        const { isPlaying, frameMs } = player.read();
        if (isPlaying && frameMs !== null && frameMs < nextMs) return;
        nextMs = (frameMs ?? -Infinity) + beatMs;
        listener();
      });
    },
    [player],
  );
  return useSyncExternalStore(subscribe, read);
}

export const isPlayingOf = ({ isPlaying }: PlayerState): boolean => isPlaying;

/** While it plays, each frame goes first, and what is dear to draw comes when there is time; a moment that was sought is drawn whole and at once. */
export function useBehindFrames<T>(value: T, isPlaying: boolean): T {
  const behind = useDeferredValue(value);
  return isPlaying ? behind : value;
}
