import type { Handlers } from '../handlers.ts';
import { createSessionCreation } from './create-session.ts';
import { createJoining } from './joining.ts';
import { createJoinLinks } from './join-links.ts';
import { createLifecycle } from './lifecycle.ts';
import { createParticipants } from './participants.ts';
import type { SessionParts } from './parts.ts';
import { createSessionQueries } from './session-queries.ts';
import { templateHandlers } from './templates.ts';

/** All operations on sessions, and what the clock does to them. */
export function createSessionService(parts: SessionParts) {
  const links = createJoinLinks(parts.db, parts.deps);
  const lifecycle = createLifecycle(parts);
  const handlers = {
    ...createSessionCreation(parts, links),
    ...createSessionQueries(parts),
    ...createJoining(parts, links),
    ...createParticipants(parts),
    ...lifecycle.handlers,
    ...templateHandlers,
  } satisfies Partial<Handlers>;
  return { handlers, startDue: () => lifecycle.startDue() };
}
