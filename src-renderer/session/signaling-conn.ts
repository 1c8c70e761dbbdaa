import { SignalingConn } from 'y-webrtc';

export interface SignalingParts {
  url: string;
  /** The only room that is named to this server: y-webrtc would name all rooms to all servers. R-MSH-2. */
  room: string;
  device: string;
  /** A fresh token; rejects while the server can't be reached. */
  token(): Promise<string>;
}

interface SignalingMessage {
  type: string;
  topics?: string[];
  topic?: string;
}

/** y-webrtc's signaling connection, authenticated by its first message. */
export class AuthenticatedSignaling extends SignalingConn {
  readonly #parts: SignalingParts;
  /** Messages of the connection that is being authenticated; null when it is. */
  #waiting: SignalingMessage[] | null = [];

  constructor(parts: SignalingParts) {
    super(parts.url);
    this.#parts = parts;
    this.on('disconnect', () => (this.#waiting = []));
    this.on('message', (message: unknown) => this.#onMessage(message));
  }

  override send(message: SignalingMessage): void {
    const { room } = this.#parts;
    if (message.topics !== undefined) message = { ...message, topics: message.topics.filter((topic) => topic === room) };
    if (message.topics?.length === 0 || (message.topic !== undefined && message.topic !== room)) return;
    if (this.#waiting === null) {
      super.send(message);
      return;
    }
    if (this.#waiting.length === 0) void this.#authenticate();
    this.#waiting.push(message);
  }

  async #authenticate(): Promise<void> {
    const socket: unknown = this.ws;
    try {
      const token = await this.#parts.token();
      if (socket === this.ws) super.send({ type: 'auth', token, device_id: this.#parts.device });
    } catch {
      // It connects again by itself, and asks for a token again.
      if (socket === this.ws) this.ws?.close();
    }
  }

  #onMessage(message: unknown): void {
    if (this.#waiting === null || typeof message !== 'object' || message === null) return;
    if (!('type' in message) || message.type !== 'auth') return;
    const waiting = this.#waiting;
    this.#waiting = null;
    for (const held of waiting) super.send(held);
  }
}
