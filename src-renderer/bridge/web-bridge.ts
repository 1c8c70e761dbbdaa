import type { Timers } from '../../shared/base/clock.ts';
import type { Bridge, CallName, EventName, EventOf, Reply } from '../../shared/ipc/contract.ts';
import { decodeAnswer, encodeCall } from '../../shared/ipc/frames.ts';

/** The part of the browser's WebSocket that the bridge uses. */
export type BridgeSocket = Pick<WebSocket, 'binaryType' | 'send' | 'close' | 'addEventListener'>;

export interface WebBridgeParts {
  connect: () => BridgeSocket;
  timers: Timers;
}

type AnyListener = (event: EventOf<EventName>) => void;

/** Long enough not to press on a starting app, short enough not to be noticed. */
const reconnectAfterMs = 500;
const unavailable = { ok: false, code: 'unavailable' } as const;

/**
 * The bridge of the local web shell. Calls made before the socket is open wait for it; calls whose answer was lost with
 * the socket, or that found nobody there, answer `unavailable`: whether they were done is not known, so they are not
 * repeated here. Afterwards it connects again by itself, and tells the present state as an event.
 */
export function createWebBridge({ connect, timers }: WebBridgeParts): Bridge {
  const listeners = new Map<EventName, Set<AnyListener>>();
  const answers = new Map<number, (reply: Reply<CallName>) => void>();
  let waiting: Uint8Array<ArrayBuffer>[] = [];
  let socket: BridgeSocket | null = null;
  let isOpen = false;
  let wasLost = false;
  let lastId = 0;

  const emit = (name: EventName, event: EventOf<EventName>): void => {
    for (const listener of listeners.get(name) ?? []) listener(event);
  };
  const invoke: Bridge['invoke'] = (name, args) => {
    lastId += 1;
    const id = lastId;
    const frame = encodeCall({ id, name, args });
    return new Promise((resolve) => {
      // The reply of one id is the reply of its call's row.
      answers.set(id, resolve as (reply: Reply<CallName>) => void);
      if (isOpen) socket?.send(frame);
      else waiting.push(frame);
    });
  };
  /** Events that passed while nobody listened: whatever hangs on them is read again. */
  const catchUp = async (): Promise<void> => {
    const reply = await invoke('app.state', {});
    if (!reply.ok) return;
    emit('app.state_changed', reply.result);
    emit('library.changed', {});
    emit('sessions.changed', {});
    emit('changes.missed', {});
  };
  const open = (): void => {
    const mine = connect();
    socket = mine;
    mine.binaryType = 'arraybuffer';
    mine.addEventListener('open', () => {
      isOpen = true;
      for (const frame of waiting) mine.send(frame);
      waiting = [];
      if (wasLost) void catchUp();
    });
    mine.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const frame = data instanceof ArrayBuffer ? decodeAnswer(new Uint8Array(data)) : null;
      if (frame === null) return mine.close();
      if (frame.kind === 'event') return emit(frame.name as EventName, frame.payload as EventOf<EventName>);
      answers.get(frame.id)?.(frame.reply as Reply<CallName>);
      answers.delete(frame.id);
    });
    mine.addEventListener('close', () => {
      isOpen = false;
      wasLost = true;
      waiting = [];
      for (const answer of answers.values()) answer(unavailable);
      answers.clear();
      timers.after(reconnectAfterMs, open);
    });
  };
  open();

  return {
    invoke,
    on: (name, listener) => {
      const some = listeners.get(name) ?? new Set<AnyListener>();
      listeners.set(name, some.add(listener as AnyListener));
      return () => void some.delete(listener as AnyListener);
    },
  };
}
