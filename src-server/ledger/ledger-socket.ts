import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { RawData, WebSocket } from 'ws';
import { z } from 'zod';
import type { Clock, Timers } from '../../shared/base/clock.ts';
import { Fault, faults, type FaultCode } from '../../shared/base/errors.ts';
import { uuidSchema } from '../../shared/base/ids.ts';
import { limits } from '../../shared/base/limits.ts';
import type { Link, Transport } from '../../shared/ledger/link.ts';
import type { SocketAuth } from '../plugins/socket-auth.ts';
import { closeSocket } from '../plugins/sockets.ts';
import type { UnprovedSockets } from '../plugins/unproved-sockets.ts';
import type { LedgerHub } from './ledger-hub.ts';

export interface LedgerSocketTools {
  hub: LedgerHub;
  auth: SocketAuth;
  unproved: UnprovedSockets;
  /** SHA-256 thumbprint of the authority's key: both sides bind their proof to it. */
  thumbprint: Uint8Array<ArrayBuffer>;
  clock: Clock;
  timers: Timers;
  /** Whether the user takes part or once did; answers the same for a session that is not there. R-MEM-3. */
  mayHear(sessionId: string, userId: string): boolean;
  /** For the list of devices. */
  noteDeviceSeen(deviceId: string): void;
  log: Pick<FastifyBaseLogger, 'error'>;
}

const authSchema = z.strictObject({ type: z.literal('auth'), token: z.string().max(4_096), device_id: z.string().regex(/^[0-9a-f]{32}$/) });
/** `setTimeout` counts in 32 bits; a token lives for 15 minutes, so nothing is ever this far off. */
const longestTimerMs = 24 * 60 * 60 * 1000;
/** How often a full socket is asked whether it has room again: `ws` has no event for it. */
const drainPollMs = 20;

/** Not copied: whoever keeps a part of it copies that. */
function bytesOf(frame: RawData): Uint8Array {
  if (frame instanceof ArrayBuffer) return new Uint8Array(frame);
  const whole = Array.isArray(frame) ? Buffer.concat(frame) : frame;
  return new Uint8Array(whole.buffer, whole.byteOffset, whole.byteLength);
}

function transportOf(socket: WebSocket, timers: Timers, failed: (error: unknown) => void): Transport {
  return {
    send: (chunk) => {
      if (socket.readyState === socket.OPEN) socket.send(chunk);
    },
    bufferedAmount: () => socket.bufferedAmount,
    onceDrained: (run) => {
      const stop = timers.every(drainPollMs, () => {
        if (socket.readyState === socket.OPEN && socket.bufferedAmount >= limits.bufferedBytes / 2) return;
        stop();
        run();
      });
    },
    holdReading: (isHeld) => {
      if (isHeld) socket.pause();
      else socket.resume();
    },
    failed,
    close: (code: FaultCode) => {
      closeSocket(socket, code);
      // ws would read the rest of a flood to throw it away; it goes on reading in the tick that this one follows.
      if (code === 'too-large') process.nextTick(() => socket.pause());
    },
  };
}

/**
 * `/api/v1/sessions/:id/ledger`: the first frame is the token as JSON text, then come the chunks of a link. The device that
 * proves itself must be the one that the token's user named. When the token ends the socket does, unless a newer one of the
 * same user and device came in another text frame: a rehearsal is longer than a token. Who no longer takes part is told so:
 * their link gets the statement and is closed (R-MEM-3), also when the session was deleted (R-MEM-4).
 */
export function registerLedgerSocket(app: FastifyInstance, tools: LedgerSocketTools): void {
  const socketsOf = new Map<string, number>();
  app.get('/api/v1/sessions/:id/ledger', { websocket: true }, (socket, request) => {
    const sessionId = uuidSchema.safeParse((request.params as { id?: unknown }).id);
    const noLongerWaits = tools.unproved.enter(request.ip);
    if (noLongerWaits === null) return closeSocket(socket, 'rate-limited');
    let link: Link | null = null;
    let isAuthenticating = false;
    const stopDeadline = tools.timers.after(limits.helloDeadlineMs, () => {
      if (link === null) closeSocket(socket, 'hello-timeout');
    });
    let leave: (() => void) | null = null;
    let holder: { userId: string; deviceId: string } | null = null;
    let cancelExpiry: (() => void) | null = null;
    socket.on('close', () => {
      noLongerWaits();
      stopDeadline();
      cancelExpiry?.();
      leave?.();
      link?.lost();
    });
    socket.on('error', () => link?.lost());
    const failed = (error: unknown): void => tools.log.error({ err: error }, 'ledger frame');
    const refuse = (error: unknown): void => {
      if (!(error instanceof Fault)) failed(error);
      closeSocket(socket, error instanceof Fault ? error.code : 'internal');
    };
    socket.on('message', (frame, isBinary) => {
      // Frames that were under way when it was closed.
      if (socket.readyState !== socket.OPEN) return;
      if (link !== null) {
        try {
          if (isBinary) link.receive(bytesOf(frame));
          else renew(new TextDecoder().decode(bytesOf(frame)));
        } catch (error) {
          // Nobody's frame may end the server.
          refuse(error);
        }
        return;
      }
      if (isBinary || isAuthenticating) {
        closeSocket(socket, 'protocol-error');
        return;
      }
      isAuthenticating = true;
      authenticate(new TextDecoder().decode(bytesOf(frame))).catch(refuse);
    });

    function expireAt(exp: number): void {
      cancelExpiry?.();
      const leftMs = Math.min(exp * 1_000 - tools.clock.now(), longestTimerMs);
      cancelExpiry = tools.timers.after(leftMs, () => closeSocket(socket, 'unauthorized'));
    }

    function renew(text: string): void {
      const { token, device_id: deviceId } = readAuth(text);
      const user = tools.auth.verifyDevice(token, deviceId);
      if (user.user_id !== holder?.userId || deviceId !== holder.deviceId) throw new Fault('unauthorized');
      expireAt(user.exp);
    }

    async function authenticate(text: string): Promise<void> {
      const { token, device_id: deviceId } = readAuth(text);
      const user = tools.auth.verifyDevice(token, deviceId);
      if (!sessionId.success || !tools.mayHear(sessionId.data, user.user_id)) throw new Fault('not-found');
      const room = await tools.hub.room(sessionId.data);
      if (socket.readyState !== socket.OPEN) return;
      leave = enterOnce(socketsOf, user.user_id);
      noLongerWaits?.();
      stopDeadline();
      holder = { userId: user.user_id, deviceId };
      expireAt(user.exp);
      // Before the link, which says hello at once.
      socket.send(JSON.stringify({ type: 'auth', ok: true }));
      const opened = room.connect(transportOf(socket, tools.timers, failed), { own: tools.thumbprint, other: tools.thumbprint }, deviceId);
      link = opened;
      tools.noteDeviceSeen(deviceId);
    }
  });
}

/** Counts a user's socket; answers how to take it back. Throws 'rate-limited' above the limit. */
function enterOnce(socketsOf: Map<string, number>, userId: string): () => void {
  const count = (socketsOf.get(userId) ?? 0) + 1;
  if (count > limits.ledgerSocketsPerUser) throw new Fault('rate-limited');
  socketsOf.set(userId, count);
  return () => {
    const left = (socketsOf.get(userId) ?? 1) - 1;
    if (left === 0) socketsOf.delete(userId);
    else socketsOf.set(userId, left);
  };
}

function readAuth(text: string): z.infer<typeof authSchema> {
  try {
    return authSchema.parse(JSON.parse(text));
  } catch {
    throw new Fault('protocol-error', faults['protocol-error'].title);
  }
}
