import { createContext, useContext, type ReactElement, type ReactNode } from 'react';
import type { Bridge } from '../../shared/ipc/contract.ts';
import type { LiveSession } from '../session/live-session.ts';

/** Everything the interface needs from outside: given once by whoever starts it, so that tests give their own. */
export interface Parts {
  bridge: Bridge;
  openLiveSession: (input: { bridge: Bridge; sessionId: string }) => Promise<LiveSession>;
}

const PartsContext = createContext<Parts | null>(null);

export function PartsProvider({ parts, children }: { parts: Parts; children: ReactNode }): ReactElement {
  return <PartsContext value={parts}>{children}</PartsContext>;
}

export function useParts(): Parts {
  const parts = useContext(PartsContext);
  if (parts === null) throw new Error('useParts outside PartsProvider');
  return parts;
}

export function useBridge(): Bridge {
  return useParts().bridge;
}
