import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { RawData, WebSocket } from 'ws';
import type { Clock, Timers } from '../../shared/base/clock.ts';
import { Fault, type FaultCode } from '../../shared/base/errors.ts';
import { limits } from '../../shared/base/limits.ts';
import { SilenceWatch } from '../../shared/base/silence-watch.ts';
import type { SocketAuth } from '../plugins/socket-auth.ts';
import { closeSocket } from '../plugins/sockets.ts';
import type { UnprovedSockets } from '../plugins/unproved-sockets.ts';
import { type AuthFrame, clientFrame, type ClientFrame, type ServerFrame, sessionOfTopic } from './frames.ts';
import type { Member, SignalingHub } from './signaling-hub.ts';
import { createTokenBucket } from './token-bucket.ts';

export interface SignalingParts {
  clock: Clock;
  timers: Timers;
  auth: SocketAuth;
  unproved: UnprovedSockets;
  hub: SignalingHub;
  mayRead(sessionId: string, userId: string): boolean;
  noteDeviceSeen(deviceId: string): void;
  log: Pick<FastifyBaseLogger, 'error'>;
}

/** `setTimeout` counts in 32 bits; a token lives for 15 minutes, so nothing is ever this far off. */
const longestTimerMs = 24 * 60 * 60 * 1000;

/** What a text frame says. Throws 'protocol-error' for anything else. */
function readFrame(raw: RawData, isBinary: boolean): ClientFrame {
  if (isBinary || !Buffer.isBuffer(raw)) throw new Fault('protocol-error');
  try {
    return clientFrame.parse(JSON.parse(raw.toString('utf8')));
  } catch {
    throw new Fault('protocol-error');
  }
}

/** Life of one socket: proves itself, then speaks y-webrtc's verbs until one side ends it. R-MSH-2. */
function serve(socket: WebSocket, address: string, parts: SignalingParts): void {
  const { clock, timers, auth, hub } = parts;
  const noLongerWaits = parts.unproved.enter(address);
  if (noLongerWaits === null) return closeSocket(socket, 'rate-limited');
  const takeToken = createTokenBucket(limits.signalingMessagesPerSecond, clock);
  let member: Member | null = null;
  let cancelExpiry: (() => void) | null = null;

  const end = (code: FaultCode) => closeSocket(socket, code);
  const cancelDeadline = timers.after(limits.helloDeadlineMs, () => end('hello-timeout'));
  const silence = new SilenceWatch({
    timers,
    // The protocol's own ping: browsers answer it even from a throttled window.
    ask: () => {
      if (socket.readyState === socket.OPEN) socket.ping();
    },
    // It does not answer: a closing handshake would only keep the ghost for longer.
    onDead: () => socket.terminate(),
  });

  function send(frame: ServerFrame): void {
    if (socket.readyState !== socket.OPEN) return;
    // One that does not read what it asked for must not fill the memory.
    if (socket.bufferedAmount > limits.bufferedBytes) socket.terminate();
    else socket.send(JSON.stringify(frame));
  }

  function authenticate(frame: AuthFrame): Member {
    const user = auth.verifyDevice(frame.token, frame.device_id);
    if (member !== null && (member.userId !== user.user_id || member.deviceId !== frame.device_id)) throw new Fault('unauthorized');
    if (member === null && hub.socketsOf(user.user_id) >= limits.signalingSocketsPerUser) throw new Fault('rate-limited');
    cancelDeadline();
    noLongerWaits?.();
    cancelExpiry?.();
    cancelExpiry = timers.after(Math.min(user.exp * 1000 - clock.now(), longestTimerMs), () => end('unauthorized'));
    if (member !== null) return member;
    parts.noteDeviceSeen(frame.device_id);
    const entered: Member = {
      userId: user.user_id,
      deviceId: frame.device_id,
      topics: new Set(),
      send,
      end: () => end('unauthorized'),
    };
    hub.add(entered);
    return entered;
  }

  function subscribe(self: Member, topics: readonly string[]): void {
    for (const topic of topics) {
      if (self.topics.has(topic)) continue;
      if (self.topics.size >= limits.signalingTopicsPerSocket) throw new Fault('too-large');
      const sessionId = sessionOfTopic(topic);
      if (sessionId !== null && parts.mayRead(sessionId, self.userId)) hub.subscribe(self, topic);
      else send({ type: 'refused', topic, code: 'not-found' });
    }
  }

  function publish(self: Member, { topic, data }: Extract<ClientFrame, { type: 'publish' }>): void {
    // y-webrtc announces itself right after it subscribed, whether it got in or not.
    if (!self.topics.has(topic)) return send({ type: 'refused', topic, code: 'not-found' });
    const others = hub.othersIn(topic, self);
    const frame: ServerFrame = { type: 'publish', topic, data, clients: others.length + 1, from_device: self.deviceId };
    for (const other of others) other.send(frame);
  }

  function handle(frame: ClientFrame): void {
    if (frame.type === 'auth') {
      member = authenticate(frame);
      return send({ type: 'auth', ok: true });
    }
    if (member === null) throw new Fault('unauthorized');
    switch (frame.type) {
      case 'subscribe':
        return subscribe(member, frame.topics);
      case 'unsubscribe':
        for (const topic of frame.topics) hub.unsubscribe(member, topic);
        return;
      case 'publish':
        return publish(member, frame);
      case 'ping':
        return send({ type: 'pong' });
      case 'pong':
        return;
    }
  }

  socket.on('pong', () => silence.heard());
  socket.on('message', (raw: RawData, isBinary: boolean) => {
    // Frames that were under way when it was closed.
    if (socket.readyState !== socket.OPEN) return;
    silence.heard();
    try {
      if (!takeToken()) throw new Fault('rate-limited');
      handle(readFrame(raw, isBinary));
    } catch (error) {
      // Thrown on, it would end the process and with it everybody's rehearsal.
      if (!(error instanceof Fault)) parts.log.error({ err: error }, 'signaling frame');
      end(error instanceof Fault ? error.code : 'internal');
    }
  });
  socket.on('close', () => {
    noLongerWaits();
    cancelDeadline();
    cancelExpiry?.();
    silence.stop();
    if (member !== null) hub.remove(member);
  });
}

export function registerSignaling(app: FastifyInstance, parts: SignalingParts): void {
  app.get('/signaling', { websocket: true, config: { rateLimit: false } }, (socket, request) => serve(socket, request.ip, parts));
}
