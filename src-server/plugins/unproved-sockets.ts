import { isIPv6 } from 'node:net';
import { limits } from '../../shared/base/limits.ts';

/** Sockets that nobody has said a good word on yet, counted by where they come from. */
export interface UnprovedSockets {
  /** Null: too many of that address wait already. Else what is called when it is proved or gone, whichever comes first. */
  enter(address: string): (() => void) | null;
}

/** Whoever has one address of IPv6 has all that share its first 64 bits. */
function originOf(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address;
  const [head = '', tail] = address.split('::');
  const parts = head === '' ? [] : head.split(':');
  if (tail !== undefined) {
    const behind = tail === '' ? [] : tail.split(':');
    while (parts.length + behind.length < 8) parts.push('0');
    parts.push(...behind);
  }
  return parts
    .slice(0, 4)
    .map((part) => Number.parseInt(part, 16).toString(16))
    .join(':');
}

export function createUnprovedSockets(): UnprovedSockets {
  const waiting = new Map<string, number>();
  return {
    enter(address) {
      const origin = originOf(address);
      const count = waiting.get(origin) ?? 0;
      if (count >= limits.unprovedSocketsPerAddress) return null;
      waiting.set(origin, count + 1);
      let isOver = false;
      return () => {
        if (isOver) return;
        isOver = true;
        const left = (waiting.get(origin) ?? 1) - 1;
        if (left === 0) waiting.delete(origin);
        else waiting.set(origin, left);
      };
    },
  };
}
