import type { WebSocket } from 'ws';
import { faults, type FaultCode } from '../../shared/base/errors.ts';
import { limits } from '../../shared/base/limits.ts';
import { decodeCall, type CallFrame, encodeEvent, encodeReply } from '../../shared/ipc/frames.ts';
import type { Core } from '../core/create-core.ts';

function close(socket: WebSocket, code: FaultCode): void {
  socket.close(faults[code].close, code);
}

/** Carries the contract over one socket until it closes. A frame that is no call closes it: a page of ours never sends one. */
export function serveIpcSocket(socket: WebSocket, core: Pick<Core, 'handle' | 'on'>): void {
  let underWay = 0;
  const send = (frame: Uint8Array): void => {
    if (socket.readyState !== socket.OPEN) return;
    // A page that no longer reads: it gets everything anew when it connects again.
    if (socket.bufferedAmount > 2 * limits.ipcFrameBytes) socket.terminate();
    else socket.send(frame);
  };
  const answer = async (call: CallFrame): Promise<void> => {
    underWay += 1;
    const reply = await core.handle(call.name, call.args);
    underWay -= 1;
    send(encodeReply(call.id, reply));
  };
  const stopListening = core.on((name, event) => send(encodeEvent(name, event)));
  socket.on('close', stopListening);
  socket.on('error', () => socket.terminate());
  socket.on('message', (message: Buffer, isBinary) => {
    const call = isBinary ? decodeCall(message) : null;
    if (call === null) return close(socket, 'protocol-error');
    if (underWay >= limits.ipcCallsAtOnce) return close(socket, 'rate-limited');
    void answer(call);
  });
}
