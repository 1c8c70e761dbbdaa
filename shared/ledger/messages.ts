import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { fromHex, toHex } from '../base/ids.ts';
import type { Bytes } from './bytes.ts';
import { publicKeyBytes, signatureBytes } from './keys.ts';
import { streamBytes } from './stream.ts';
import { readVarUint } from './varuint.ts';

/** Grows with every change of the wire; sides with different ones part with `version-mismatch`. */
export const protocolVersion = 2;

export const windowIdBytes = 8;
export const nonceBytes = 32;
const hashBytes = 32;

/** Who speaks, for which session. R-LNK-2. */
export interface Hello {
  type: 'hello';
  version: number;
  sessionId: Bytes;
  publicKey: Bytes;
  windowId: Bytes;
  awarenessClient: number;
  nonce: Bytes;
}
export interface PendingHead {
  stream: string;
  seq: number;
  hash: string;
}
export interface Heads {
  type: 'heads';
  generation: number;
  n: number;
  chain: Bytes;
  /** Records up to here are not held. */
  base: number;
  /** The newest checkpoint that can be asked for; 0: none. R-AUT-3. */
  checkpoint: number;
  pending: PendingHead[];
}
/** Every message of a link, the same over a data channel and a WebSocket. */
export type Message =
  | Hello
  | { type: 'proof'; signature: Bytes }
  | { type: 'statement'; jws: string }
  | Heads
  | { type: 'want-statement' }
  | { type: 'entries'; entries: Bytes[] }
  | { type: 'records'; firstN: number; records: Bytes[]; head: Bytes }
  /** A part of the newest checkpoint from `offset` on; `n`: of which one the parts before were, 0 at first. */
  | { type: 'want-checkpoint'; n: number; offset: number }
  | { type: 'checkpoint'; head: Bytes; offset: number; part: Bytes }
  /** Entries that a checkpoint lists, by their hashes. */
  | { type: 'want-entries'; hashes: string[] }
  /** Two signed headers that contradict each other. R-ENT-3. */
  | { type: 'fork'; proof: Bytes }
  | { type: 'peers'; windows: string[] }
  | { type: 'awareness'; device: string; update: Bytes }
  | { type: 'ping'; id: number; sentAt: number }
  | { type: 'pong'; id: number; sentAt: number; receivedAt: number };

const codes = {
  hello: 0,
  proof: 1,
  statement: 2,
  heads: 3,
  'want-statement': 4,
  entries: 5,
  records: 6,
  checkpoint: 7,
  'want-checkpoint': 8,
  peers: 9,
  awareness: 10,
  ping: 11,
  pong: 12,
  'want-entries': 13,
  fork: 14,
} as const satisfies Record<Message['type'], number>;

/** How many things one message may list: memory is bounded by the bytes, time by this. */
const maxItems = 100_000;

export function encodeMessage(message: Message): Bytes {
  const out = encoding.createEncoder();
  encoding.writeUint8(out, codes[message.type]);
  switch (message.type) {
    case 'hello':
      encoding.writeVarUint(out, message.version);
      for (const part of [message.sessionId, message.publicKey, message.windowId]) encoding.writeUint8Array(out, part);
      encoding.writeVarUint(out, message.awarenessClient);
      encoding.writeUint8Array(out, message.nonce);
      break;
    case 'proof':
      encoding.writeUint8Array(out, message.signature);
      break;
    case 'statement':
      encoding.writeVarString(out, message.jws);
      break;
    case 'heads':
      encoding.writeVarUint(out, message.generation);
      encoding.writeVarUint(out, message.n);
      encoding.writeUint8Array(out, message.chain);
      encoding.writeVarUint(out, message.base);
      encoding.writeVarUint(out, message.checkpoint);
      encoding.writeVarUint(out, message.pending.length);
      for (const head of message.pending) {
        encoding.writeUint8Array(out, fromHex(head.stream));
        encoding.writeVarUint(out, head.seq);
        encoding.writeUint8Array(out, fromHex(head.hash));
      }
      break;
    case 'want-statement':
      break;
    case 'entries':
      encoding.writeVarUint(out, message.entries.length);
      for (const entry of message.entries) encoding.writeVarUint8Array(out, entry);
      break;
    case 'records':
      encoding.writeVarUint(out, message.firstN);
      encoding.writeVarUint(out, message.records.length);
      for (const record of message.records) encoding.writeVarUint8Array(out, record);
      encoding.writeVarUint8Array(out, message.head);
      break;
    case 'want-checkpoint':
      encoding.writeVarUint(out, message.n);
      encoding.writeVarUint(out, message.offset);
      break;
    case 'checkpoint':
      encoding.writeVarUint8Array(out, message.head);
      encoding.writeVarUint(out, message.offset);
      encoding.writeVarUint8Array(out, message.part);
      break;
    case 'want-entries':
      encoding.writeVarUint(out, message.hashes.length);
      for (const hash of message.hashes) encoding.writeUint8Array(out, fromHex(hash));
      break;
    case 'fork':
      encoding.writeVarUint8Array(out, message.proof);
      break;
    case 'peers':
      encoding.writeVarUint(out, message.windows.length);
      for (const window of message.windows) encoding.writeUint8Array(out, fromHex(window));
      break;
    case 'awareness':
      encoding.writeUint8Array(out, fromHex(message.device));
      encoding.writeVarUint8Array(out, message.update);
      break;
    case 'ping':
      encoding.writeVarUint(out, message.id);
      encoding.writeVarUint(out, message.sentAt);
      break;
    case 'pong':
      encoding.writeVarUint(out, message.id);
      encoding.writeVarUint(out, message.sentAt);
      encoding.writeVarUint(out, message.receivedAt);
      break;
  }
  return new Uint8Array(encoding.toUint8Array(out));
}

function readMany<T>(input: decoding.Decoder, read: () => T): T[] {
  const count = readVarUint(input);
  if (count > maxItems) throw new RangeError('too many items');
  const items: T[] = [];
  for (let at = 0; at < count; at++) items.push(read());
  return items;
}

/** Strict parse of one message: null for an unknown type, a byte too few or too many, a number in a longer form. */
export function parseMessage(bytes: Uint8Array): Message | null {
  try {
    const input = decoding.createDecoder(bytes);
    const take = (length: number): Bytes => new Uint8Array(decoding.readUint8Array(input, length));
    const takeHex = (length: number): string => toHex(decoding.readUint8Array(input, length));
    const number = (): number => readVarUint(input);
    const block = (): Bytes => take(number());
    const text = (): string => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(block());
    const message = readBody(decoding.readUint8(input), { input, take, takeHex, number, block, text });
    return message !== null && input.pos === bytes.length ? message : null;
  } catch {
    return null;
  }
}

interface Reader {
  input: decoding.Decoder;
  take: (length: number) => Bytes;
  takeHex: (length: number) => string;
  number: () => number;
  block: () => Bytes;
  text: () => string;
}

function readBody(code: number, { input, take, takeHex, number, block, text }: Reader): Message | null {
  switch (code) {
    case codes.hello:
      return {
        type: 'hello',
        version: number(),
        sessionId: take(16),
        publicKey: take(publicKeyBytes),
        windowId: take(windowIdBytes),
        awarenessClient: number(),
        nonce: take(nonceBytes),
      };
    case codes.proof:
      return { type: 'proof', signature: take(signatureBytes) };
    case codes.statement:
      return { type: 'statement', jws: text() };
    case codes.heads:
      return {
        type: 'heads',
        generation: number(),
        n: number(),
        chain: take(hashBytes),
        base: number(),
        checkpoint: number(),
        pending: readMany(input, () => ({ stream: takeHex(streamBytes), seq: number(), hash: takeHex(hashBytes) })),
      };
    case codes['want-statement']:
      return { type: 'want-statement' };
    case codes.entries:
      return { type: 'entries', entries: readMany(input, block) };
    case codes.records:
      return { type: 'records', firstN: number(), records: readMany(input, block), head: block() };
    case codes['want-checkpoint']:
      return { type: 'want-checkpoint', n: number(), offset: number() };
    case codes.checkpoint:
      return { type: 'checkpoint', head: block(), offset: number(), part: block() };
    case codes['want-entries']:
      return { type: 'want-entries', hashes: readMany(input, () => takeHex(hashBytes)) };
    case codes.fork:
      return { type: 'fork', proof: block() };
    case codes.peers:
      return { type: 'peers', windows: readMany(input, () => takeHex(windowIdBytes)) };
    case codes.awareness:
      return { type: 'awareness', device: takeHex(16), update: block() };
    case codes.ping:
      return { type: 'ping', id: number(), sentAt: number() };
    case codes.pong:
      return { type: 'pong', id: number(), sentAt: number(), receivedAt: number() };
    default:
      return null;
  }
}
