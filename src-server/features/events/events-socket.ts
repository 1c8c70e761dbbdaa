import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { RawData, WebSocket } from 'ws';
import { eventsClientFrame, eventsPath, type EventsServerFrame } from '../../../shared/api/events.ts';
import type { Clock, Timers } from '../../../shared/base/clock.ts';
import { Fault, type FaultCode } from '../../../shared/base/errors.ts';
import { limits } from '../../../shared/base/limits.ts';
import type { SocketAuth } from '../../plugins/socket-auth.ts';
import { closeSocket } from '../../plugins/sockets.ts';
import type { UnprovedSockets } from '../../plugins/unproved-sockets.ts';
import { createTokenBucket } from '../../signaling/token-bucket.ts';
import type { EventsHub, Listener } from './events-hub.ts';

export interface EventsSocketParts {
  clock: Clock;
  timers: Timers;
  auth: Pick<SocketAuth, 'verifyToken'>;
  unproved: UnprovedSockets;
  hub: EventsHub;
  log: Pick<FastifyBaseLogger, 'error'>;
}

/** `setTimeout` counts in 32 bits; a token lives for 15 minutes, so nothing is ever this far off. */
const longestTimerMs = 24 * 60 * 60 * 1000;

/** Throws 'protocol-error' for anything but an auth frame. */
function readFrame(raw: RawData, isBinary: boolean) {
  if (isBinary || !Buffer.isBuffer(raw)) throw new Fault('protocol-error');
  try {
    return eventsClientFrame.parse(JSON.parse(raw.toString('utf8')));
  } catch {
    throw new Fault('protocol-error');
  }
}

/** Life of one socket: proves whose it is, then is told of changes until its token ends or a newer one comes. */
function serve(socket: WebSocket, address: string, { clock, timers, auth, unproved, hub, log }: EventsSocketParts): void {
  const noLongerWaits = unproved.enter(address);
  if (noLongerWaits === null) return closeSocket(socket, 'rate-limited');
  const takeToken = createTokenBucket(limits.eventFramesPerSecond, clock);
  let listener: Listener | null = null;
  let cancelExpiry: (() => void) | null = null;
  let isHeard = true;

  const end = (code: FaultCode) => closeSocket(socket, code);
  const cancelDeadline = timers.after(limits.helloDeadlineMs, () => end('hello-timeout'));
  const cancelPings = timers.every(limits.eventsPingEveryMs, () => {
    // It did not answer the last one: a closing handshake would only keep it for longer.
    if (!isHeard) return socket.terminate();
    isHeard = false;
    if (socket.readyState === socket.OPEN) socket.ping();
  });

  function send(frame: EventsServerFrame): void {
    if (socket.readyState !== socket.OPEN) return;
    // One that does not read must not fill the memory; it resumes.
    if (socket.bufferedAmount > limits.bufferedBytes) socket.terminate();
    else socket.send(JSON.stringify(frame));
  }

  function authenticate(frame: ReturnType<typeof readFrame>): void {
    const user = auth.verifyToken(frame.token);
    if (listener !== null && listener.userId !== user.user_id) throw new Fault('unauthorized');
    if (listener === null && hub.listenersOf(user.user_id) >= limits.eventSocketsPerUser) throw new Fault('rate-limited');
    cancelDeadline();
    noLongerWaits?.();
    cancelExpiry?.();
    cancelExpiry = timers.after(Math.min(user.exp * 1000 - clock.now(), longestTimerMs), () => end('unauthorized'));
    if (listener !== null) return;
    listener = { userId: user.user_id, known: new Set(), send, end: () => end('unauthorized') };
    hub.add(listener, frame.since);
  }

  socket.on('pong', () => {
    isHeard = true;
  });
  socket.on('message', (raw: RawData, isBinary: boolean) => {
    // Frames that were under way when it was closed.
    if (socket.readyState !== socket.OPEN) return;
    isHeard = true;
    try {
      if (!takeToken()) throw new Fault('rate-limited');
      authenticate(readFrame(raw, isBinary));
    } catch (error) {
      // Thrown on, it would end the process and with it everybody's rehearsal.
      if (!(error instanceof Fault)) log.error({ err: error }, 'events frame');
      end(error instanceof Fault ? error.code : 'internal');
    }
  });
  socket.on('close', () => {
    noLongerWaits();
    cancelDeadline();
    cancelExpiry?.();
    cancelPings();
    if (listener !== null) hub.remove(listener);
  });
}

export function registerEvents(app: FastifyInstance, parts: EventsSocketParts): void {
  app.get(eventsPath, { websocket: true, config: { rateLimit: false } }, (socket, request) => serve(socket, request.ip, parts));
}
