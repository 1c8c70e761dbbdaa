import { useEffect } from 'react';
import { useAppState } from './queries.ts';

/**
 * The display stays on while a session or a stage is in sight. Browsers give this up with every change of the tab, so that it is asked for
 * again; the desktop app holds sleep off by itself.
 */
export function useWakeLock(): void {
  const isWeb = useAppState().data?.platform === 'web';
  useEffect(() => {
    if (!isWeb || !('wakeLock' in navigator)) return undefined;
    let isOver = false;
    let held: WakeLockSentinel | null = null;
    const hold = async (): Promise<void> => {
      if (document.visibilityState !== 'visible') return;
      // A computer that runs low may refuse: then its own rules count.
      held = await navigator.wakeLock.request('screen').catch(() => null);
      if (isOver) void held?.release();
    };
    const onVisible = (): void => void hold();
    void hold();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      isOver = true;
      document.removeEventListener('visibilitychange', onVisible);
      void held?.release();
    };
  }, [isWeb]);
}
