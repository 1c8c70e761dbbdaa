import { z } from 'zod';
import { limits } from '../../shared/base/limits.ts';

const prefix = 'chordme:';
const topic = z.string().max(64);
const topics = z.array(topic).max(limits.signalingTopicsPerSocket);
/** y-webrtc's name of a peer: a UUID it makes anew for each room it opens. */
const peerName = z.string().min(1).max(64);

/** First frame of every socket; again before the token ends, with a newer one. */
const authFrame = z.strictObject({
  type: z.literal('auth'),
  token: z.string().min(1).max(2_048),
  device_id: z.string().regex(/^[0-9a-f]{32}$/),
});
export type AuthFrame = z.infer<typeof authFrame>;

/** What y-webrtc 10 publishes: that it is there, and simple-peer's signals for one other peer. */
export const published = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('announce'), from: peerName }),
  z.strictObject({
    type: z.literal('signal'),
    from: peerName,
    to: peerName,
    /** Decides who offers when both do. */
    token: z.number().optional(),
    signal: z.record(z.string().max(64), z.unknown()),
  }),
]);

export const clientFrame = z.discriminatedUnion('type', [
  authFrame,
  z.strictObject({ type: z.literal('subscribe'), topics }),
  z.strictObject({ type: z.literal('unsubscribe'), topics }),
  z.strictObject({ type: z.literal('publish'), topic, data: published }),
  z.strictObject({ type: z.literal('ping') }),
  z.strictObject({ type: z.literal('pong') }),
]);
export type ClientFrame = z.infer<typeof clientFrame>;

/** Clients of y-webrtc skip the types they do not know. */
export type ServerFrame =
  | { type: 'auth'; ok: true }
  | { type: 'pong' }
  /** The topic is not, or no longer, for this socket. */
  | { type: 'refused'; topic: string; code: 'not-found' }
  | { type: 'publish'; topic: string; data: z.infer<typeof published>; clients: number; from_device: string };

export function topicOf(sessionId: string): string {
  return prefix + sessionId;
}

/** The session of a topic, null for any other text. */
export function sessionOfTopic(name: string): string | null {
  if (!name.startsWith(prefix)) return null;
  const id = z.uuid().lowercase().safeParse(name.slice(prefix.length));
  return id.success ? id.data : null;
}
