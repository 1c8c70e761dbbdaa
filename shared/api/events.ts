import { z } from 'zod';
import { uuidSchema } from '../base/ids.ts';
import { participantSchema, sessionSchema } from '../session/schemas.ts';

/** The address of the socket that tells a person of changes, as they happen. */
export const eventsPath = '/api/v1/events';

/** What a client says: first of all, and again with a newer token before the old one ends. */
export const eventsClientFrame = z.strictObject({
  type: z.literal('auth'),
  token: z.string().max(4_096),
  /** The last `at` it was told: what changed since is told again. */
  since: z.string().max(64).optional(),
});

const at = z.string();

/**
 * What the server says. Each is the present state, so that one that was missed is made good by the next; `at` is where to
 * resume.
 */
export const eventsServerFrame = z.discriminatedUnion('type', [
  /** `is_resumed: false`: the server knows no longer what changed since; lists are to be fetched anew. */
  z.strictObject({ type: z.literal('auth'), ok: z.literal(true), at, is_resumed: z.boolean() }),
  /** One of my sessions changed, or is new: status, name, role, recording, anything of it. */
  z.strictObject({ type: z.literal('session'), at, session: sessionSchema }),
  /** I take part no longer, or it was deleted. */
  z.strictObject({ type: z.literal('session_gone'), at, session_id: uuidSchema }),
  z.strictObject({ type: z.literal('participants'), at, session_id: uuidSchema, items: z.array(participantSchema) }),
  /** Invitations to me came, changed or went. */
  z.strictObject({ type: z.literal('invitations'), at }),
]);
export type EventsServerFrame = z.infer<typeof eventsServerFrame>;
