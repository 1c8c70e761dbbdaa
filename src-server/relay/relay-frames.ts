import { z } from 'zod';
import { uuidSchema } from '../../shared/base/ids.ts';
import { published } from '../signaling/frames.ts';

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));

/** First frame: the statement that lists the asker, and the key of the authority that made it, as the asker has pinned it. */
const showFrame = z.strictObject({
  type: z.literal('show'),
  session_id: uuidSchema,
  key: hex(32),
  statement: z.string().min(1).max(60_000),
  device_id: hex(16),
  window: hex(8),
  /** A window has one socket for y-webrtc's signals and one for links. */
  purpose: z.enum(['signals', 'links']),
});
export type ShowFrame = z.infer<typeof showFrame>;

export const relayClientFrame = z.discriminatedUnion('type', [
  showFrame,
  /** Answer to the challenge. */
  z.strictObject({ type: z.literal('proof'), signature: hex(64) }),
  z.strictObject({ type: z.literal('subscribe'), topics: z.array(z.string().max(64)).max(1) }),
  z.strictObject({ type: z.literal('unsubscribe'), topics: z.array(z.string().max(64)).max(1) }),
  z.strictObject({ type: z.literal('publish'), topic: z.string().max(64), data: published }),
  z.strictObject({ type: z.literal('ping') }),
  z.strictObject({ type: z.literal('pong') }),
]);

export type RelayServerFrame =
  | { type: 'challenge'; nonce: string; thumbprint: string }
  | { type: 'ready' }
  /** The newest that anybody showed: who is refused gets it. */
  | { type: 'statement'; statement: string }
  /** Windows that can be written to through this relay, without one's own. */
  | { type: 'windows'; windows: string[] }
  | { type: 'publish'; topic: string; data: z.infer<typeof published>; clients: number; from_device: string }
  | { type: 'pong' };
