import type { Timers } from '../../shared/base/clock.ts';
import type { FaultCode } from '../../shared/base/errors.ts';
import { faults } from '../../shared/base/errors.ts';
import { limits } from '../../shared/base/limits.ts';
import type { Bytes } from '../../shared/ledger/bytes.ts';
import type { Link, Transport } from '../../shared/ledger/link.ts';

export interface AuthoritySocketParts {
  /** `wss://…/api/v1/sessions/ID/ledger`. */
  url: string;
  device: string;
  timers: Timers;
  open(url: string): WebSocket;
  /** A fresh token; rejects while the server can't be reached. */
  token(): Promise<string>;
  /** The server does not take this token. */
  onRefused(token: string): void;
  /** The socket is authenticated: starts the link over it. */
  connect(transport: Transport): Link;
}

const firstRetryMs = 250;
const lastRetryMs = 4_000;
const drainPollMs = 20;
/** The socket ends with its token; a newer one is there a minute before. */
const renewEveryMs = 20_000;

/** Keeps a link to the authority while it can be reached, and tries again when it cannot. */
export class AuthoritySocket {
  readonly #parts: AuthoritySocketParts;
  #socket: WebSocket | null = null;
  #isClosed = false;
  /** A token is on its way: whoever asks meanwhile asks for the same socket. */
  #isOpening = false;
  #retryMs = firstRetryMs;
  #stopRetry: () => void = () => undefined;

  constructor(parts: AuthoritySocketParts) {
    this.#parts = parts;
    void this.#open();
  }

  /** The network changed: try at once. */
  retryNow(): void {
    if (this.#socket !== null || this.#isClosed) return;
    this.#retryMs = firstRetryMs;
    this.#stopRetry();
    void this.#open();
  }

  close(): void {
    this.#isClosed = true;
    this.#stopRetry();
    this.#socket?.close(1000);
  }

  async #open(): Promise<void> {
    if (this.#isOpening) return;
    this.#isOpening = true;
    let token: string;
    try {
      token = await this.#parts.token();
    } catch {
      this.#retryLater();
      return;
    } finally {
      this.#isOpening = false;
    }
    if (this.#isClosed) return;
    const socket = this.#parts.open(this.#parts.url);
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    let link: Link | null = null;
    let spoken = token;
    const stopRenewing = this.#keepAuthenticated(socket, token, (next) => (spoken = next));
    socket.addEventListener('open', () => socket.send(JSON.stringify({ type: 'auth', token, device_id: this.#parts.device })));
    socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (link !== null && data instanceof ArrayBuffer) link.receive(new Uint8Array(data));
      else if (link === null && typeof data === 'string') {
        link = this.#parts.connect(this.#transport(socket));
        this.#retryMs = firstRetryMs;
      } else socket.close(faults['protocol-error'].close);
    });
    socket.addEventListener('close', ({ code }) => {
      stopRenewing();
      link?.lost();
      this.#socket = null;
      // Told that one is not in the session (any more): asked again now and then, since one may be taken in again.
      if (code === faults.unauthorized.close) {
        this.#parts.onRefused(spoken);
        // A newer token is tried at once; where that is refused too, it is not the token.
        if (link === null) this.#retryMs = lastRetryMs;
      }
      if (code === faults['not-a-reader'].close || code === faults['not-found'].close) this.#retryMs = lastRetryMs;
      this.#retryLater();
    });
  }

  /** Says each newer token, before the one before ends. */
  #keepAuthenticated(socket: WebSocket, token: string, onSpoken: (token: string) => void): () => void {
    let last = token;
    const renew = async (): Promise<void> => {
      const next = await this.#parts.token();
      if (next === last || socket.readyState !== WebSocket.OPEN) return;
      last = next;
      onSpoken(next);
      socket.send(JSON.stringify({ type: 'auth', token: next, device_id: this.#parts.device }));
    };
    // While there is none to be had the socket lives on with the last.
    return this.#parts.timers.every(renewEveryMs, () => void renew().catch(() => undefined));
  }

  #retryLater(): void {
    if (this.#isClosed) return;
    this.#stopRetry = this.#parts.timers.after(this.#retryMs, () => void this.#open());
    this.#retryMs = Math.min(this.#retryMs * 2, lastRetryMs);
  }

  #transport(socket: WebSocket): Transport {
    return {
      send: (chunk: Bytes) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(chunk);
      },
      bufferedAmount: () => socket.bufferedAmount,
      onceDrained: (run) => {
        const stop = this.#parts.timers.every(drainPollMs, () => {
          if (socket.readyState === WebSocket.OPEN && socket.bufferedAmount >= limits.bufferedBytes / 2) return;
          stop();
          run();
        });
      },
      close: (code: FaultCode) => socket.close(code === 'going-away' ? 1000 : faults[code].close < 4000 ? 1000 : faults[code].close, code),
    };
  }
}
