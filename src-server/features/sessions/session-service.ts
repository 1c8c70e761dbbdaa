import { isJoinable } from '../../../shared/session/lifecycle.ts';
import { createActivityList } from '../activities/activity-list.ts';
import { createCleanup } from '../cleanup/cleanup-service.ts';
import { createComments } from '../content/comments.ts';
import { createDocuments } from '../content/documents.ts';
import { createMessages } from '../content/messages.ts';
import type { Handlers } from '../handlers.ts';
import { createInvitations } from '../invitations/invitation-service.ts';
import { createInvitationStore } from '../invitations/invitation-store.ts';
import { createRecordingService } from '../recordings/recording-service.ts';
import { createCountStore } from '../statistics/count-store.ts';
import { createHealth, createHealthReader } from '../statistics/health-service.ts';
import { createStatistics } from '../statistics/stats-service.ts';
import { createTemplates } from '../templates/template-service.ts';
import { createTemplateStore } from '../templates/template-store.ts';
import { createSessionCreation } from './create-session.ts';
import { createJoining } from './joining.ts';
import { createJoinLinks } from './join-links.ts';
import { createLifecycle } from './lifecycle.ts';
import { createLinkService } from './link-service.ts';
import { createParticipants } from './participants.ts';
import type { SessionParts } from './parts.ts';
import { createPeopleNames } from './people-names.ts';
import { createSessionQueries } from './session-queries.ts';
import { createSessionSettings } from './session-settings.ts';

/** All operations on sessions, and what the clock does to them. */
export function createSessionService(parts: SessionParts) {
  const links = createJoinLinks(parts.db, parts.deps);
  const invitations = createInvitationStore(parts.db, parts.deps);
  const templates = createTemplateStore(parts.db);
  const counts = createCountStore(parts.db);
  const names = createPeopleNames(parts.users);
  const lifecycle = createLifecycle(parts);
  const readHealth = createHealthReader(parts);
  const cleanup = createCleanup(parts, { links, invitations, lifecycle, names });
  const handlers = {
    ...createSessionCreation(parts, links, templates),
    ...createSessionQueries(parts, readHealth),
    ...createSessionSettings(parts, links, invitations),
    ...createJoining(parts, links, invitations),
    ...createParticipants(parts, links, invitations),
    ...createInvitations(parts, invitations, names),
    ...createLinkService(parts, links, names),
    ...createActivityList(parts, names),
    ...createStatistics(parts, counts, names),
    ...createHealth(parts, readHealth),
    ...createDocuments(parts),
    ...createMessages(parts, names),
    ...createComments(parts, names),
    ...createRecordingService(parts, parts.recordings, names),
    ...createTemplates(parts, templates, names),
    ...lifecycle.handlers,
    ...cleanup.handlers,
  } satisfies Partial<Handlers>;
  /** Asked about people who have no account yet. */
  const welcome = {
    isInvited: (email: string) => invitations.isInvited(email),
    isJoinCode: (code: string) => isOpenFor(code, false),
    admitsGuests: (code: string) => isOpenFor(code, true),
  };
  function isOpenFor(code: string, isGuest: boolean): boolean {
    const link = links.findOpen(code);
    const session = link === undefined ? undefined : parts.sessions.find(link.session_id);
    if (link === undefined || session === undefined || session.access_mode === 'invite-only' || !isJoinable(session.status)) return false;
    return !isGuest || link.admits_guests === 1;
  }
  return {
    handlers,
    welcome,
    startDue: () => lifecycle.startDue(),
    wake: (sessionId: string, userId: string) => lifecycle.wake(sessionId, userId),
    cleanUp: () => cleanup.runOnTime(),
    close: () => cleanup.close(),
  };
}
