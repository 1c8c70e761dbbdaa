import { SignalingConn } from 'y-webrtc';
import { z } from 'zod';

/** How a signaling connection proves itself before anything else is said. */
export interface Entrance {
  /** The first frame; rejects while it can't be had. */
  first(): Promise<object>;
  /** @returns what is to be said to a message; 'in' when that lets in; null: nothing */
  answer(message: unknown): Promise<object | 'in' | null>;
}

export interface SignalingParts {
  url: string;
  /** The only room that is named to this server: y-webrtc would name all rooms to all servers. R-MSH-2. */
  room: string;
  entrance: Entrance;
}

interface SignalingMessage {
  type: string;
  topics?: string[];
  topic?: string;
}

/** At the authority: a token, in the first message. */
export function tokenEntrance(device: string, token: () => Promise<string>): Entrance {
  return {
    first: async () => ({ type: 'auth', token: await token(), device_id: device }),
    answer: async (message) =>
      typeof message === 'object' && message !== null && 'type' in message && message.type === 'auth' ? 'in' : null,
  };
}

const signalSchema = z.object({ type: z.literal('publish'), data: z.looseObject({ type: z.literal('signal') }) });

/** y-webrtc's signaling connection, let in by its first messages. */
export class AuthenticatedSignaling extends SignalingConn {
  readonly #parts: SignalingParts;
  readonly #isConnecting: (peer: string) => boolean;
  /** Messages of the connection that is being authenticated; null when it is. */
  #waiting: SignalingMessage[] | null = [];

  /** @param isConnecting whether a connection to that peer is there or on its way */
  constructor(parts: SignalingParts, isConnecting: (peer: string) => boolean) {
    super(parts.url);
    this.#parts = parts;
    this.#isConnecting = isConnecting;
    this.on('disconnect', () => (this.#waiting = []));
    this.on('message', (message: unknown) => void this.#onMessage(message));
  }

  /** What y-webrtc takes for granted and would throw at otherwise: a message, a signal in it, and a connection that an answer is for. */
  override emit(name: string, args: unknown[]): void {
    if (name !== 'message' || this.#canTake(args[0])) super.emit(name, args);
  }

  #canTake(message: unknown): boolean {
    if (typeof message !== 'object' || message === null) return false;
    const { success, data: frame } = signalSchema.safeParse(message);
    if (!success) return true;
    const { from, signal } = frame.data;
    if (typeof from !== 'string' || typeof signal !== 'object' || signal === null) return false;
    return !('type' in signal) || signal.type !== 'answer' || this.#isConnecting(from);
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
      const first = await this.#parts.entrance.first();
      if (socket === this.ws) super.send(first);
    } catch {
      // It connects again by itself, and asks again.
      if (socket === this.ws) this.ws?.close();
    }
  }

  async #onMessage(message: unknown): Promise<void> {
    if (this.#waiting === null) return;
    const socket: unknown = this.ws;
    const answer = await this.#parts.entrance.answer(message);
    if (socket !== this.ws || answer === null) return;
    if (answer !== 'in') {
      super.send(answer);
      return;
    }
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const held of waiting) super.send(held);
  }
}
