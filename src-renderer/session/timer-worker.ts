import type { TimerOrder } from './worker-timers.ts';

// The whole worker: it only counts time.
const running = new Map<number, ReturnType<typeof setTimeout>>();

globalThis.addEventListener('message', ({ data }: MessageEvent<TimerOrder>) => {
  const { id } = data;
  clearTimeout(running.get(id));
  running.delete(id);
  if (data.ms === null) return;
  const tick = (): void => globalThis.postMessage(id);
  running.set(id, data.repeats ? setInterval(tick, data.ms) : setTimeout(tick, data.ms));
});
