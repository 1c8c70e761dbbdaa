import { connectBridge } from '../../../src-renderer/bridge/connect-bridge.ts';
import type { Bridge } from '../../../shared/ipc/contract.ts';

declare global {
  interface Window {
    /** For the test that drives this page. */
    bridge: Bridge;
  }
}

window.bridge = connectBridge(window);
