import { useEffect } from 'react';
import { limits } from '../../shared/base/limits.ts';
import type { Bridge } from '../../shared/ipc/contract.ts';
import { useBridge } from './parts.tsx';

/** A page that fails with every frame would fill the log with one thing. */
const notedAtMost = 20;

export function noteProblem(bridge: Bridge, error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  void bridge.invoke('app.note_problem', { message: text.slice(0, limits.problemCharacters) });
}

/** What goes wrong in the page unheard is in the log, and so in a report. */
export function useNotedProblems(): void {
  const bridge = useBridge();
  useEffect(() => {
    let noted = 0;
    const note = (error: unknown): void => {
      noted += 1;
      if (noted <= notedAtMost) noteProblem(bridge, error);
    };
    const onError = ({ error, message }: ErrorEvent): void => note(error ?? message);
    const onRejection = ({ reason }: PromiseRejectionEvent): void => note(reason);
    globalThis.addEventListener('error', onError);
    globalThis.addEventListener('unhandledrejection', onRejection);
    return () => {
      globalThis.removeEventListener('error', onError);
      globalThis.removeEventListener('unhandledrejection', onRejection);
    };
  }, [bridge]);
}
