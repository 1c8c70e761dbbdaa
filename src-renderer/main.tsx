import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { connectBridge } from './bridge/connect-bridge.ts';
import { openLiveSession } from './session/open-live-session.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App parts={{ bridge: connectBridge(window), openLiveSession }} />
  </StrictMode>,
);
