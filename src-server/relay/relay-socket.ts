import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { RawData, WebSocket } from 'ws';
import { relayProofMessage } from '../../shared/ledger/relay-proof.ts';
import type { Clock, Timers } from '../../shared/base/clock.ts';
import { Fault, type FaultCode } from '../../shared/base/errors.ts';
import { fromHex, toHex, type RandomBytes } from '../../shared/base/ids.ts';
import { limits } from '../../shared/base/limits.ts';
import { SilenceWatch } from '../../shared/base/silence-watch.ts';
import type { Verifier } from '../../shared/ledger/keys.ts';
import { verifyStatement, type Statement } from '../../shared/ledger/statement.ts';
import { closeSocket } from '../plugins/sockets.ts';
import type { UnprovedSockets } from '../plugins/unproved-sockets.ts';
import { topicOf } from '../signaling/frames.ts';
import { createTokenBucket } from '../signaling/token-bucket.ts';
import { relayClientFrame, type RelayServerFrame, type ShowFrame } from './relay-frames.ts';
import type { RelayMember, RelayRooms } from './relay-rooms.ts';

export interface RelayTools {
  rooms: RelayRooms;
  unproved: UnprovedSockets;
  clock: Clock;
  timers: Timers;
  random: RandomBytes;
  verifier: Verifier;
  /** Of this server's own key: whoever proves a device says to whom. */
  thumbprint: Uint8Array<ArrayBuffer>;
  log: Pick<FastifyBaseLogger, 'error'>;
}

const windowBytes = 8;
const nonceBytes = 32;

interface Shown {
  frame: ShowFrame;
  statement: Statement;
  nonce: Uint8Array<ArrayBuffer>;
}

type ClientFrame = ReturnType<typeof relayClientFrame.parse>;

function readFrame(raw: RawData): ClientFrame {
  if (!Buffer.isBuffer(raw)) throw new Fault('protocol-error');
  try {
    return relayClientFrame.parse(JSON.parse(raw.toString('utf8')));
  } catch {
    throw new Fault('protocol-error');
  }
}

/** Life of one socket: shows a statement, proves its device, then signals or carries links until one side ends it. R-MSH-5. */
function serve(socket: WebSocket, address: string, tools: RelayTools): void {
  const { rooms, clock, timers } = tools;
  const noLongerWaits = tools.unproved.enter(address);
  if (noLongerWaits === null) return closeSocket(socket, 'rate-limited');
  const takeToken = createTokenBucket(limits.signalingMessagesPerSecond, clock);
  let shown: Shown | null = null;
  let member: RelayMember | null = null;
  let leave: (() => void) | null = null;
  /** Frames are handled in their order although proofs take their time. */
  let turn: Promise<void> = Promise.resolve();

  const end = (code: FaultCode): void => closeSocket(socket, code);
  const cancelDeadline = timers.after(limits.helloDeadlineMs, () => end('hello-timeout'));
  const silence = new SilenceWatch({
    timers,
    ask: () => {
      if (socket.readyState === socket.OPEN) socket.ping();
    },
    onDead: () => socket.terminate(),
  });
  const send = (data: string | Uint8Array): void => {
    if (socket.readyState !== socket.OPEN) return;
    // One that does not read must not fill the memory.
    if (socket.bufferedAmount > limits.bufferedBytes) socket.terminate();
    else socket.send(data);
  };
  const say = (frame: RelayServerFrame): void => send(JSON.stringify(frame));
  const roomOf = ({ frame }: Shown): string => `${frame.key} ${frame.session_id}`;

  async function show(frame: ShowFrame): Promise<void> {
    const key = await crypto.subtle.importKey('raw', fromHex(frame.key), 'Ed25519', true, ['verify']);
    const statement = await verifyStatement(frame.statement, key, frame.session_id);
    if (statement === null) throw new Fault('proof-failed');
    const nonce = new Uint8Array(tools.random(nonceBytes));
    shown = { frame, statement, nonce };
    say({ type: 'challenge', nonce: toHex(nonce), thumbprint: toHex(tools.thumbprint) });
  }

  async function prove(at: Shown, signature: string): Promise<void> {
    const { frame, statement, nonce } = at;
    const publicKey = statement.claims.devices.find(({ device_id }) => device_id === frame.device_id)?.public_key;
    if (publicKey === undefined) throw new Fault('not-a-reader');
    const message = relayProofMessage({ nonce, thumbprint: tools.thumbprint, sessionId: frame.session_id, window: frame.window });
    if (!(await tools.verifier.verify(publicKey, fromHex(publicKey), fromHex(signature), message))) throw new Fault('proof-failed');
    if (socket.readyState !== socket.OPEN) return;
    const { newest, mayEnter } = rooms.consider(roomOf(at), statement, frame.device_id, clock.now());
    if (newest !== statement) say({ type: 'statement', statement: newest.jws });
    if (!mayEnter) throw new Fault('not-a-reader');
    cancelDeadline();
    noLongerWaits?.();
    say({ type: 'ready' });
    const entered: RelayMember = {
      device: frame.device_id,
      window: frame.window,
      purpose: frame.purpose,
      say,
      carry: (from, chunk) => send(Buffer.concat([fromHex(from), chunk])),
      dismiss: () => end('not-a-reader'),
    };
    leave = rooms.enter(roomOf(at), newest, entered);
    member = entered;
  }

  async function handle(frame: ClientFrame): Promise<void> {
    if (shown === null) {
      if (frame.type !== 'show') throw new Fault('unauthorized');
      return show(frame);
    }
    if (member === null) {
      if (frame.type !== 'proof') throw new Fault('unauthorized');
      return prove(shown, frame.signature);
    }
    const topic = topicOf(shown.frame.session_id);
    switch (frame.type) {
      case 'publish': {
        if (frame.topic !== topic) return;
        const others = rooms.hearersIn(roomOf(shown), member);
        for (const other of others)
          other.say({ type: 'publish', topic, data: frame.data, clients: others.length + 1, from_device: member.device });
        return;
      }
      case 'ping':
        return say({ type: 'pong' });
      // There is one topic, and who was let in hears it.
      case 'subscribe':
      case 'unsubscribe':
      case 'pong':
        return;
      case 'show':
      case 'proof':
        throw new Fault('protocol-error');
    }
  }

  /** `[8] window`, then a chunk of a link; no chunk: the link has ended. */
  function carry(raw: RawData): void {
    if (!Buffer.isBuffer(raw) || member === null || shown === null || raw.length < windowBytes) throw new Fault('protocol-error');
    if (raw.length > windowBytes + limits.chunkBytes) throw new Fault('too-large');
    rooms.carrierOf(roomOf(shown), toHex(raw.subarray(0, windowBytes)))?.carry(member.window, raw.subarray(windowBytes));
  }

  const refuse = (error: unknown): void => {
    if (!(error instanceof Fault)) tools.log.error({ err: error }, 'relay frame');
    end(error instanceof Fault ? error.code : 'internal');
  };
  socket.on('pong', () => silence.heard());
  socket.on('error', () => undefined);
  socket.on('message', (raw: RawData, isBinary: boolean) => {
    if (socket.readyState !== socket.OPEN) return;
    silence.heard();
    try {
      if (isBinary) return carry(raw);
      if (!takeToken()) throw new Fault('rate-limited');
      const frame = readFrame(raw);
      turn = turn.then(() => (socket.readyState === socket.OPEN ? handle(frame) : undefined)).catch(refuse);
    } catch (error) {
      refuse(error);
    }
  });
  socket.on('close', () => {
    noLongerWaits();
    cancelDeadline();
    silence.stop();
    leave?.();
  });
}

/** `/relay`: signaling and links for sessions of other authorities. It reads no ledger and writes nothing. */
export function registerRelay(app: FastifyInstance, tools: RelayTools): void {
  app.get('/relay', { websocket: true, config: { rateLimit: false } }, (socket, request) => serve(socket, request.ip, tools));
}
