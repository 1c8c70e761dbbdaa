import { describe } from 'vitest';
import type { EventName } from '../../shared/ipc/contract.ts';
import { systemClock } from '../../src-main/core/system.ts';
import { testEmbedded } from '../support/authority.ts';
import { loadPreload, startShellDouble } from '../support/electron-shell.ts';
import { openTestWeb, openWebBridge } from '../support/local-web.ts';
import { openTestCore } from '../support/test-core.ts';
import type { Bridge } from '../../shared/ipc/contract.ts';
import { ipcContract, type Way } from './contract-suite.ts';

const embedded = testEmbedded(systemClock);

/** Tests send what the types forbid, too. */
function wayOf(bridge: Bridge): Way {
  return {
    invoke: (name, args) => bridge.invoke(name as 'app.state', args as Record<string, never>),
    on: (name: EventName, listener) => bridge.on(name, listener),
  };
}

describe('in the process', () => {
  ipcContract('core', async () => {
    const core = await openTestCore({ embedded });
    return {
      invoke: (name, args) => core.invoke(name, args),
      on: (name, listener) => core.on((event) => void (event === name && listener())),
    };
  });
});

describe('local web shell', () => {
  ipcContract('web', async () => wayOf(await openWebBridge(await openTestWeb(await openTestCore({ embedded })))));
});

describe('Electron shell, its runtime doubled', () => {
  ipcContract('electron', async () => {
    const double = await startShellDouble({ parts: { embedded } });
    return wayOf((await loadPreload(double)).bridge);
  });
});
