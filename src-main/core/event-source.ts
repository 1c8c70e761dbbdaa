import type { EventName, EventOf } from '../../shared/ipc/contract.ts';

export type EventListener = <N extends EventName>(name: N, event: EventOf<N>) => void;

/** Core's events to the shells; each listener gets all of them. */
export interface EventSource {
  emit<N extends EventName>(name: N, event: EventOf<N>): void;
  /** Answers its own undo. */
  listen(listener: EventListener): () => void;
}

export function createEventSource(): EventSource {
  const listeners = new Set<EventListener>();
  return {
    emit: (name, event) => {
      for (const listener of listeners) listener(name, event);
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
