import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge, EventName, EventOf } from '../../shared/ipc/contract.ts';
import { eventChannel, invokeChannel } from './channels.ts';

// The page gets these two functions and nothing of Electron; names and arguments are parsed by core.
const bridge: Bridge = {
  invoke: (name, args) => ipcRenderer.invoke(invokeChannel, name, args),
  on: (wanted, listener) => {
    const forward = (_event: unknown, name: EventName, payload: EventOf<typeof wanted>): void => {
      if (name === wanted) listener(payload);
    };
    ipcRenderer.on(eventChannel, forward);
    return () => void ipcRenderer.off(eventChannel, forward);
  },
};

contextBridge.exposeInMainWorld('chordme', bridge);
