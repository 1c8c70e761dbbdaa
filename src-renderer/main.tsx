import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { connectBridge } from './bridge/connect-bridge.ts';
import type { Parts } from './app/parts.tsx';
import { styleNonce } from './theme/style-nonce.ts';

declare global {
  /** Where the style elements of dialogs (react-remove-scroll) look for the nonce of the page. */
  var __webpack_nonce__: string | undefined;
}

globalThis.__webpack_nonce__ = styleNonce();

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
const openLiveSession: Parts['openLiveSession'] = async (input) => (await import('./session/open-live-session.ts')).openLiveSession(input);

createRoot(root).render(
  <StrictMode>
    <App parts={{ bridge: connectBridge(window), openLiveSession }} />
  </StrictMode>,
);
