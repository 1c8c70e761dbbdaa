import type { Bridge } from '../../shared/ipc/contract.ts';
import { pageTimers } from '../session/worker-timers.ts';
import { createWebBridge } from './web-bridge.ts';

declare global {
  interface Window {
    /** Put there by the Electron shell's preload; absent in a browser. */
    readonly chordme?: Bridge;
  }
}

/** The way to core in whichever shell this is. Called once, by main.tsx. */
export function connectBridge(page: Window & typeof globalThis): Bridge {
  if (page.chordme !== undefined) return page.chordme;
  // The link's token is used up; nobody needs to see or copy it.
  const address = new URL(page.location.href);
  if (address.searchParams.has('token')) {
    address.searchParams.delete('token');
    page.history.replaceState(page.history.state, '', address);
  }
  return createWebBridge({ connect: () => new page.WebSocket(`ws://${page.location.host}/ipc`), timers: pageTimers });
}
