interface Key {
  key: string;
  shiftKey: boolean;
}

const forward = new Set(['ArrowRight', 'ArrowDown', 'PageDown', 'Enter']);
const backward = new Set(['ArrowLeft', 'ArrowUp', 'PageUp', 'Backspace']);

/** Keys that turn pages: those of keyboards, and those that foot pedals send. */
export function isPageTurn({ key }: Key): boolean {
  return forward.has(key) || backward.has(key) || key === ' ' || key === 'Home' || key === 'End';
}

/** Which page a key leads to. */
export function pageAfter({ key, shiftKey }: Key, pages: number): 'next' | 'previous' | number {
  if (key === 'Home') return 0;
  if (key === 'End') return Math.max(0, pages - 1);
  if (key === ' ') return shiftKey ? 'previous' : 'next';
  return backward.has(key) ? 'previous' : 'next';
}
