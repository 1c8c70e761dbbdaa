import type { Clock, Timers } from '../base/clock.ts';
import type { FaultCode } from '../base/errors.ts';
import { toHex, type RandomBytes } from '../base/ids.ts';
import { limits } from '../base/limits.ts';
import { SilenceWatch } from '../base/silence-watch.ts';
import type { Bytes } from './bytes.ts';
import { concat, equalBytes, utf8 } from './bytes.ts';
import { ChunkReader, toChunks } from './chunks.ts';
import type { Signer, Verifier } from './keys.ts';
import { deviceIdOf } from './keys.ts';
import type { Hello, Message } from './messages.ts';
import { encodeMessage, nonceBytes, parseMessage, protocolVersion } from './messages.ts';

/** What carries a link: an RTCDataChannel or a WebSocket, ordered and reliable. */
export interface Transport {
  send(chunk: Bytes): void;
  /** Bytes handed over but not sent yet. */
  bufferedAmount(): number;
  /** Calls back once, when less is buffered. */
  onceDrained(run: () => void): void;
  /** Stops or goes on reading from the other side; a data channel cannot. */
  holdReading?(isHeld: boolean): void;
  /** What came from the other side could not be handled, and nobody foresaw it: a mistake of this side, which a server logs. */
  failed?(error: unknown): void;
  /** Idempotent. */
  close(code: FaultCode): void;
}

/** Who this side is, the same for all its links of one session. */
export interface LinkIdentity {
  sessionId: Bytes;
  signer: Signer;
  windowId: Bytes;
  awarenessClient: number;
}

/** What ties the proof to this very connection, so that nobody can sit between: DTLS fingerprints, or the authority's thumbprint twice. */
export interface ChannelBinding {
  own: Bytes;
  other: Bytes;
}

interface LinkTerms extends ChannelBinding {
  /** The only device, hex, that may be at the other end; null: any. */
  device: string | null;
}

export interface LinkHandlers {
  /** Both sides proved themselves. */
  onProved(link: Link): void;
  /** In order, one at a time. Rejecting closes the link. */
  onMessage(link: Link, message: Message): Promise<void>;
  /** The transport has room again after `isCongested`. */
  onRoom(link: Link): void;
  /** @param fault why this side ended it; null: the other side or the wire did */
  onClosed(link: Link, fault: FaultCode | null): void;
}

export interface LinkTools {
  clock: Clock;
  timers: Timers;
  random: RandomBytes;
  verifier: Verifier;
}

const proofTag = utf8('chordme-link-v1');
/** Arrived but not handled yet; above it the other side floods. */
const inboxBytes = 2 * limits.messageBytes;
/** Above this much the transport is not read for a while; a whole message of the largest size may still come. */
const holdBytes = 256 * 1024;
/** What a waiting message costs beside its bytes: a million messages of one byte each are no megabyte. */
const messageCostBytes = 1024;
const clockSamples = 8;

/**
 * One connection to one other window or the authority: chunks, mutual proof, liveness, backpressure. What the messages
 * mean is the replica's. R-LNK-1, R-LNK-2, R-LNK-5.
 */
export class Link {
  readonly transport: Transport;
  readonly #identity: LinkIdentity;
  readonly #terms: LinkTerms;
  readonly #handlers: LinkHandlers;
  readonly #tools: LinkTools;
  readonly #chunks = new ChunkReader();
  readonly #ownHello: Bytes;
  #otherHello: Bytes | null = null;
  #other: Hello | null = null;
  #isProved = false;
  #isClosed = false;
  #outbox: Bytes[] = [];
  #outboxBytes = 0;
  #isDraining = false;
  #inbox: Promise<void> = Promise.resolve();
  #inboxBytes = 0;
  #isHeld = false;
  #silence: SilenceWatch | null = null;
  #pingId = 0;
  #stops: (() => void)[] = [];
  #samples: { roundTripMs: number; offsetMs: number }[] = [];

  constructor(transport: Transport, identity: LinkIdentity, terms: LinkTerms, handlers: LinkHandlers, tools: LinkTools) {
    this.transport = transport;
    this.#identity = identity;
    this.#terms = terms;
    this.#handlers = handlers;
    this.#tools = tools;
    this.#ownHello = encodeMessage({
      type: 'hello',
      version: protocolVersion,
      sessionId: identity.sessionId,
      publicKey: identity.signer.publicKey,
      windowId: identity.windowId,
      awarenessClient: identity.awarenessClient,
      nonce: new Uint8Array(tools.random(nonceBytes)),
    });
    this.#stops.push(
      tools.timers.after(limits.helloDeadlineMs, () => {
        if (!this.#isProved) this.close('hello-timeout');
      }),
    );
    this.#sendBytes(this.#ownHello);
  }

  get isProved(): boolean {
    return this.#isProved;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Device of the other side, hex; empty before its hello. */
  get device(): string {
    return this.#other === null ? '' : toHex(deviceIdOf(this.#other.publicKey));
  }

  get publicKey(): Bytes | null {
    return this.#other?.publicKey ?? null;
  }

  /** Window of the other side, hex; empty before its hello. */
  get window(): string {
    return this.#other === null ? '' : toHex(this.#other.windowId);
  }

  get awarenessClient(): number | null {
    return this.#other?.awarenessClient ?? null;
  }

  /** Offset of the other's clock in ms (other − own), from the fastest of the last 8 round trips (Cristian 1989); null before the first. */
  get clockOffsetMs(): number | null {
    const fastest = this.#samples.toSorted((a, b) => a.roundTripMs - b.roundTripMs)[0];
    return fastest?.offsetMs ?? null;
  }

  /** More is waiting than the transport takes: send no bulk now, `onRoom` tells when. */
  get isCongested(): boolean {
    return this.#isDraining;
  }

  /** A chunk arrived. */
  receive(chunk: Uint8Array): void {
    if (this.#isClosed) return;
    this.#silence?.heard();
    let bytes: Bytes | null;
    try {
      bytes = this.#chunks.read(chunk);
    } catch {
      this.close('too-large');
      return;
    }
    if (bytes === null) return;
    const message = parseMessage(bytes);
    if (message === null) {
      this.close('protocol-error');
      return;
    }
    if (message.type === 'ping' || message.type === 'pong') this.#onPing(message);
    else this.#enqueue(message, bytes);
  }

  /** The transport is gone. */
  lost(): void {
    this.#end(null);
  }

  send(message: Message): void {
    this.#sendBytes(encodeMessage(message));
  }

  close(code: FaultCode): void {
    if (this.#isClosed) return;
    this.transport.close(code);
    this.#end(code);
  }

  /** Nobody foresaw it; told also when the other side is gone by now. */
  fail(error: unknown): void {
    this.transport.failed?.(error);
    this.close('internal');
  }

  #end(fault: FaultCode | null): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const stop of this.#stops.splice(0)) stop();
    this.#outbox = [];
    this.#outboxBytes = 0;
    this.#handlers.onClosed(this, fault);
  }

  #enqueue(message: Message, bytes: Bytes): void {
    const cost = bytes.length + messageCostBytes;
    this.#inboxBytes += cost;
    if (this.#inboxBytes > inboxBytes) {
      // No strike: a data channel can't be held, and this side may be the slow one. R-ENT-4.
      this.transport.close('too-large');
      this.#end(null);
      return;
    }
    this.#hold(this.#isHeld || this.#inboxBytes > holdBytes);
    this.#inbox = this.#inbox.then(async () => {
      if (this.#isClosed) return;
      try {
        await this.#handle(message, bytes);
      } catch (error) {
        this.fail(error);
      }
      this.#inboxBytes -= cost;
      this.#hold(this.#isHeld && this.#inboxBytes > holdBytes / 2);
    });
  }

  /** Who says more than is handled waits at the other end of the wire, not in this side's memory. */
  #hold(isHeld: boolean): void {
    if (this.#isHeld === isHeld || this.#isClosed) return;
    this.#isHeld = isHeld;
    this.transport.holdReading?.(isHeld);
  }

  async #handle(message: Message, bytes: Bytes): Promise<void> {
    if (this.#isProved) {
      if (message.type === 'hello' || message.type === 'proof') this.close('protocol-error');
      else await this.#handlers.onMessage(this, message);
      return;
    }
    if (message.type === 'hello' && this.#other === null) await this.#onHello(message, bytes);
    else if (message.type === 'proof' && this.#other !== null) await this.#onProof(this.#other, message.signature);
    else this.close('protocol-error');
  }

  async #onHello(hello: Hello, bytes: Bytes): Promise<void> {
    if (hello.version !== protocolVersion) {
      this.close('version-mismatch');
      return;
    }
    // Nobody links to itself: a reflected hello would let an attacker reflect the proof too.
    const isOwn = equalBytes(hello.windowId, this.#identity.windowId);
    if (isOwn || !equalBytes(hello.sessionId, this.#identity.sessionId)) {
      this.close('protocol-error');
      return;
    }
    if (this.#terms.device !== null && toHex(deviceIdOf(hello.publicKey)) !== this.#terms.device) {
      this.close('proof-failed');
      return;
    }
    this.#other = hello;
    this.#otherHello = bytes;
    const signature = await this.#identity.signer.sign(concat(proofTag, this.#ownHello, bytes, this.#terms.own, this.#terms.other));
    this.send({ type: 'proof', signature });
  }

  async #onProof(hello: Hello, signature: Bytes): Promise<void> {
    const signed = concat(proofTag, this.#otherHello ?? new Uint8Array(), this.#ownHello, this.#terms.other, this.#terms.own);
    const isGenuine = await this.#tools.verifier.verify(toHex(hello.publicKey), hello.publicKey, signature, signed);
    if (this.#isClosed) return;
    if (!isGenuine) {
      this.close('proof-failed');
      return;
    }
    this.#isProved = true;
    const silence = new SilenceWatch({ timers: this.#tools.timers, ask: () => this.#ping(), onDead: () => this.close('link-dead') });
    this.#silence = silence;
    this.#stops.push(() => silence.stop());
    this.#ping();
    this.#handlers.onProved(this);
  }

  #ping(): void {
    // What is not read now may be its answer.
    if (this.#isHeld) this.#silence?.heard();
    this.#pingId += 1;
    this.send({ type: 'ping', id: this.#pingId, sentAt: this.#tools.clock.now() });
  }

  #onPing(message: Extract<Message, { type: 'ping' | 'pong' }>): void {
    const now = this.#tools.clock.now();
    if (message.type === 'ping') {
      if (this.#isProved) this.send({ type: 'pong', id: message.id, sentAt: message.sentAt, receivedAt: now });
      return;
    }
    const roundTripMs = now - message.sentAt;
    if (roundTripMs < 0 || roundTripMs > limits.deadAfterMs) return;
    this.#samples = [...this.#samples, { roundTripMs, offsetMs: message.receivedAt - message.sentAt - roundTripMs / 2 }].slice(
      -clockSamples,
    );
  }

  #sendBytes(message: Bytes): void {
    if (this.#isClosed) return;
    for (const chunk of toChunks(message)) this.#outbox.push(chunk);
    this.#outboxBytes += message.length;
    this.#drain();
    // Who asks and does not read must not fill the memory.
    if (this.#outboxBytes > limits.outboxBytes) this.close('link-dead');
  }

  #drain(): void {
    if (this.#isDraining) return;
    let sent = 0;
    while (sent < this.#outbox.length && this.transport.bufferedAmount() < limits.bufferedBytes) {
      const chunk = this.#outbox[sent];
      if (chunk !== undefined) {
        this.transport.send(chunk);
        this.#outboxBytes -= chunk.length - 1;
      }
      sent += 1;
      if (this.#isClosed) return;
    }
    this.#outbox.splice(0, sent);
    if (this.#outbox.length === 0) return;
    this.#isDraining = true;
    this.transport.onceDrained(() => {
      this.#isDraining = false;
      if (this.#isClosed) return;
      this.#drain();
      if (this.#outbox.length === 0) this.#handlers.onRoom(this);
    });
  }
}
