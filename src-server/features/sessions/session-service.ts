import { isJoinable } from '../../../shared/session/lifecycle.ts';
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
  /** Asked about people who have no account yet. */
  const welcome = {
    isInvited: () => false,
    isJoinCode: (code: string) => isOpenFor(code, false),
    admitsGuests: (code: string) => isOpenFor(code, true),
  };
  function isOpenFor(code: string, isGuest: boolean): boolean {
    const link = links.findOpen(code);
    const session = link === undefined ? undefined : parts.sessions.find(link.session_id);
    if (session === undefined || session.access_mode === 'invite-only' || !isJoinable(session.status)) return false;
    return !isGuest;
  }
  return { handlers, welcome, startDue: () => lifecycle.startDue() };
}
