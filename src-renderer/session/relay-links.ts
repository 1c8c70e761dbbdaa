import { z } from 'zod';
import type { Timers } from '../../shared/base/clock.ts';
import { fromHex, toHex } from '../../shared/base/ids.ts';
import { limits } from '../../shared/base/limits.ts';
import { concat, type Bytes } from '../../shared/ledger/bytes.ts';
import type { ChannelBinding, Link, Transport } from '../../shared/ledger/link.ts';
import { relayBinding } from '../../shared/ledger/relay-proof.ts';
import type { RelayEntrance } from './relay-entrance.ts';

const windowBytes = 8;
const windowsSchema = z.strictObject({ type: z.literal('windows'), windows: z.array(z.string().regex(/^[0-9a-f]{16}$/)).max(512) });
const retryMs = 2_000;
/** Looked at this often; who is seen twice without a link of another kind gets one through the relay: within 3 s, R-MSH-4. */
const lookMs = 1_000;
const drainPollMs = 20;

export interface RelayLinksParts {
  /** `ws://…/relay`. */
  url: string;
  timers: Timers;
  open(url: string): WebSocket;
  entrance(): RelayEntrance;
  /** Starts a link over what leads through the relay. */
  connect(transport: Transport, binding: ChannelBinding): Link;
  /** Windows that are linked directly: through the relay they would hear everything twice. */
  directWindows(): ReadonlySet<string>;
}

/** Links to the other windows of a session through a relay, for as long as there is no direct one. R-MSH-5. */
export class RelayLinks {
  readonly #parts: RelayLinksParts;
  readonly #links = new Map<string, Link>();
  readonly #stopLooking: () => void;
  #socket: WebSocket | null = null;
  #entrance: RelayEntrance | null = null;
  #windows: readonly string[] = [];
  #seen = new Set<string>();
  #isClosed = false;
  #stopRetry: () => void = () => undefined;

  constructor(parts: RelayLinksParts) {
    this.#parts = parts;
    this.#stopLooking = parts.timers.every(lookMs, () => this.#look());
    this.#open();
  }

  close(): void {
    this.#isClosed = true;
    this.#stopRetry();
    this.#stopLooking();
    this.#drop();
    this.#socket?.close(1000);
  }

  #open(): void {
    if (this.#isClosed) return;
    const socket = this.#parts.open(this.#parts.url);
    const entrance = this.#parts.entrance();
    this.#socket = socket;
    this.#entrance = entrance;
    socket.binaryType = 'arraybuffer';
    let turn: Promise<void> = Promise.resolve();
    const inTurn = (run: () => Promise<void> | void): void => {
      turn = turn.then(run).catch(() => socket.close());
    };
    socket.addEventListener('open', () => inTurn(async () => socket.send(JSON.stringify(await entrance.first()))));
    socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (data instanceof ArrayBuffer) inTurn(() => this.#onFrame(new Uint8Array(data)));
      else if (typeof data === 'string') inTurn(() => this.#onText(socket, entrance, JSON.parse(data)));
    });
    socket.addEventListener('close', () => {
      this.#drop();
      this.#socket = null;
      if (!this.#isClosed) this.#stopRetry = this.#parts.timers.after(retryMs, () => this.#open());
    });
  }

  async #onText(socket: WebSocket, entrance: RelayEntrance, message: unknown): Promise<void> {
    const windows = windowsSchema.safeParse(message);
    if (windows.success) {
      this.#windows = windows.data.windows;
      for (const window of this.#links.keys()) if (!this.#windows.includes(window)) this.#lose(window);
      return;
    }
    const answer = await entrance.answer(message);
    if (answer !== null && answer !== 'in') socket.send(JSON.stringify(answer));
  }

  #look(): void {
    const direct = this.#parts.directWindows();
    for (const [window, link] of this.#links) if (direct.has(window)) link.close('going-away');
    const lonely = this.#windows.filter((window) => !direct.has(window));
    for (const window of lonely) if (this.#seen.has(window) && !this.#links.has(window)) this.#start(window);
    this.#seen = new Set(lonely);
  }

  #onFrame(frame: Bytes): void {
    const window = toHex(frame.subarray(0, windowBytes));
    const chunk = frame.slice(windowBytes);
    // Without a chunk: the other side has ended it.
    if (chunk.length === 0) this.#lose(window);
    else (this.#links.get(window) ?? this.#start(window))?.receive(chunk);
  }

  #start(window: string): Link | null {
    const thumbprint = this.#entrance?.thumbprint ?? null;
    if (thumbprint === null) return null;
    const binding = relayBinding(thumbprint);
    const link = this.#parts.connect(this.#transport(window), { own: binding, other: binding });
    this.#links.set(window, link);
    return link;
  }

  #transport(window: string): Transport {
    const name = fromHex(window);
    const send = (chunk: Bytes): void => {
      if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(concat(name, chunk));
    };
    return {
      send,
      bufferedAmount: () => this.#socket?.bufferedAmount ?? 0,
      onceDrained: (run) => {
        const stop = this.#parts.timers.every(drainPollMs, () => {
          if (this.#socket?.readyState === WebSocket.OPEN && this.#socket.bufferedAmount >= limits.bufferedBytes / 2) return;
          stop();
          run();
        });
      },
      close: () => {
        send(new Uint8Array());
        this.#links.delete(window);
      },
    };
  }

  #lose(window: string): void {
    const link = this.#links.get(window);
    this.#links.delete(window);
    link?.lost();
  }

  #drop(): void {
    this.#windows = [];
    for (const window of this.#links.keys()) this.#lose(window);
  }
}
