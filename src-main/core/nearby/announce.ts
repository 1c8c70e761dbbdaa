import type { Packet } from 'dns-packet';
import type { Timers } from '../../../shared/base/clock.ts';
import type { OpenMulticast } from './multicast.ts';
import { recordsOf, serviceType, type Announced } from './service-records.ts';

/** RFC 6762, section 8.3: said twice, a second apart, since one packet may be lost. */
const againMs = 1_000;
/** RFC 6762, section 6: the same answer at most once a second, however often somebody asks. */
const quietMs = 1_000;

function asksForUs({ type, questions }: Packet): boolean {
  return type === 'query' && (questions ?? []).slice(0, 64).some(({ name }) => name.toLowerCase() === serviceType);
}

/** Says that this app hosts, and answers who asks, until it is ended with a good-bye. Where multicast is not possible nothing happens. */
export function announce(
  open: OpenMulticast,
  timers: Timers,
  { speakingAddress, ...announced }: Announced & { speakingAddress: string },
): { end(): Promise<void> } {
  let isPossible = true;
  let cancelQuiet: (() => void) | null = null;
  const say = (): void => {
    if (!isPossible || cancelQuiet !== null) return;
    cancelQuiet = timers.after(quietMs, () => {
      cancelQuiet = null;
    });
    void multicast.say(recordsOf(announced));
  };
  const multicast = open({
    address: speakingAddress,
    heard: (packet) => void (asksForUs(packet) && say()),
    failed: () => {
      isPossible = false;
    },
  });
  say();
  const cancelAgain = timers.after(againMs + 1, say);
  return {
    end: async () => {
      cancelAgain();
      cancelQuiet?.();
      if (isPossible) await multicast.say(recordsOf(announced, 0));
      await multicast.close();
    },
  };
}
