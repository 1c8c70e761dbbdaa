import { once } from 'node:events';
import { WebSocket } from 'ws';
import { callApi } from './api-client.ts';
import { createSession, expectDone, registerDevice, registerUser, type TestDevice, type TestUser } from './server.ts';

export type Frame = { type: string; [key: string]: unknown };

/** A client that says exactly what a test wants, and answers what it got in order. */
export class Signaler {
  readonly socket: WebSocket;
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly #frames: Frame[] = [];
  #wake: () => void = () => {};

  constructor(url: string) {
    this.socket = new WebSocket(`${url.replace('http', 'ws')}/signaling`);
    this.socket.on('message', (raw: Buffer) => {
      this.#frames.push(JSON.parse(raw.toString()) as Frame);
      this.#wake();
    });
    this.socket.on('error', () => {});
    this.closed = once(this.socket, 'close').then(([code, reason]) => ({ code: Number(code), reason: String(reason) }));
  }

  async open(): Promise<this> {
    await once(this.socket, 'open');
    return this;
  }

  say(frame: unknown): void {
    this.socket.send(JSON.stringify(frame));
  }

  async hear(): Promise<Frame> {
    while (this.#frames.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.#frames.shift() as Frame;
  }

  /** Frames up to the answer to a ping: all that the server had to say until now. */
  async heardUntilNow(): Promise<Frame[]> {
    this.say({ type: 'ping' });
    const heard: Frame[] = [];
    for (;;) {
      const frame = await this.hear();
      if (frame.type === 'pong') return heard;
      heard.push(frame);
    }
  }
}

export interface SignalingPerson {
  user: TestUser;
  device: TestDevice;
}

export async function signalingPerson(url: string, name: string): Promise<SignalingPerson> {
  const user = await registerUser(url, name);
  return { user, device: await registerDevice(url, user) };
}

export async function connectSignaling(url: string, { user, device }: SignalingPerson): Promise<Signaler> {
  const signaler = await new Signaler(url).open();
  signaler.say({ type: 'auth', token: user.token, device_id: device.device_id });
  const answer = await signaler.hear();
  if (answer.type !== 'auth' || answer.ok !== true) throw new Error(`not let in: ${JSON.stringify(answer)}`);
  return signaler;
}

/** Two members of one session, both listening to it. */
export async function signalingPair(url: string) {
  const ada = await signalingPerson(url, 'Ada');
  const ben = await signalingPerson(url, 'Ben');
  const session = await createSession(url, ada.user);
  expectDone(await callApi(url, 'joinByCode', { code: session.join_code }, ben.user.token));
  const topic = `chordme:${session.id}`;
  const [a, b] = [await connectSignaling(url, ada), await connectSignaling(url, ben)];
  for (const socket of [a, b]) {
    socket.say({ type: 'subscribe', topics: [topic] });
    const heard = await socket.heardUntilNow();
    if (heard.length > 0) throw new Error(`refused: ${JSON.stringify(heard)}`);
  }
  return { ada, ben, session, topic, a, b };
}

/** What y-webrtc says when it comes. */
export const announce = (from: string) => ({ type: 'announce', from });
