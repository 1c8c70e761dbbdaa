import type { Bridge } from '../../shared/ipc/contract.ts';
import { ask } from './core-ledger.ts';

/** A token that ends sooner than this is not used for a new socket. */
const marginMs = 60_000;

/** Short-lived tokens for the window's own sockets; this device is registered before the first is used. */
export class SocketTokens {
  readonly #bridge: Bridge;
  readonly #register: () => Promise<void>;
  readonly #now: () => number;
  #token: { text: string; expiresAt: number } | null = null;
  #asking: Promise<string> | null = null;
  #isRegistered = false;
  #refused: string | null = null;

  constructor(bridge: Bridge, register: () => Promise<void>, now: () => number) {
    this.#bridge = bridge;
    this.#register = register;
    this.#now = now;
  }

  /** A socket was closed for this token before its time: the clock was set, or the server has another secret now. */
  refused(token: string): void {
    this.#refused = token;
    if (this.#token?.text === token) this.#token = null;
  }

  /** Rejects with the fault of core while there is none to be had. */
  fresh(): Promise<string> {
    if (this.#token !== null && this.#token.expiresAt - this.#now() > marginMs) return Promise.resolve(this.#token.text);
    this.#asking ??= this.#ask().finally(() => (this.#asking = null));
    return this.#asking;
  }

  async #ask(): Promise<string> {
    if (!this.#isRegistered) await this.#register();
    this.#isRegistered = true;
    const { access_token: text, expires_at: expiresAt } = await ask(
      this.#bridge,
      'account.socket_token',
      this.#refused === null ? {} : { refused: this.#refused },
    );
    this.#token = { text, expiresAt: Date.parse(expiresAt) };
    return text;
  }
}
