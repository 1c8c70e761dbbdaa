import type { Timers } from '../../shared/base/clock.ts';
import type { Bridge } from '../../shared/ipc/contract.ts';
import { createWebBridge } from './web-bridge.ts';

declare global {
  interface Window {
    /** Put there by the Electron shell's preload; absent in a browser. */
    readonly chordme?: Bridge;
  }
}

const browserTimers: Timers = {
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  every: (ms, run) => {
    const timer = setInterval(run, ms);
    return () => clearInterval(timer);
  },
};

/** The way to core in whichever shell this is. Called once, by main.tsx. */
export function connectBridge(page: Window & typeof globalThis): Bridge {
  if (page.chordme !== undefined) return page.chordme;
  // The link's token is used up; nobody needs to see or copy it.
  const address = new URL(page.location.href);
  if (address.searchParams.has('token')) {
    address.searchParams.delete('token');
    page.history.replaceState(page.history.state, '', address);
  }
  return createWebBridge({ connect: () => new page.WebSocket(`ws://${page.location.host}/ipc`), timers: browserTimers });
}
