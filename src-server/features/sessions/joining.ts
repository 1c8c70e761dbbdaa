import { Fault } from '../../../shared/base/errors.ts';
import { isJoinable } from '../../../shared/session/lifecycle.ts';
import type { Role } from '../../../shared/session/roles.ts';
import { participantColors, type Session } from '../../../shared/session/schemas.ts';
import type { SessionRow } from '../../database/schema.ts';
import { timestamp } from '../../deps.ts';
import { userOf } from '../caller.ts';
import type { Handlers } from '../handlers.ts';
import { advanceEpoch } from './epoch.ts';
import { enter } from './gate.ts';
import type { JoinLinks } from './join-links.ts';
import type { SessionParts } from './parts.ts';

type JoiningHandlers = Pick<Handlers, 'joinSession' | 'joinByCode' | 'leaveSession'>;

export function createJoining(parts: SessionParts, links: JoinLinks): JoiningHandlers {
  const { db, deps, users, sessions, present, changes } = parts;

  /** A colour that nobody in the session has, the person's own where it is free. */
  function colorFor(sessionId: string, own: string): string {
    const taken = new Set(
      sessions
        .participants(sessionId)
        .filter((participant) => participant.status === 'joined')
        .map((participant) => participant.color),
    );
    return taken.has(own) ? (participantColors.find((color) => !taken.has(color)) ?? own) : own;
  }

  /** Takes a seat, inside the transaction that has counted them. */
  function seat(session: SessionRow, userId: string, role: Role): void {
    if (!isJoinable(session.status)) throw new Fault('wrong-status');
    if (sessions.seatsTaken(session.id) >= session.max_participants) throw new Fault('session-full');
    const user = users.byId(userId);
    if (user === undefined) throw new Fault('unauthorized');
    const now = timestamp(deps.clock);
    const before = sessions.participant(session.id, userId);
    sessions.putParticipant({
      session_id: session.id,
      user_id: userId,
      role,
      status: 'joined',
      color: colorFor(session.id, user.color),
      joined_at: before?.joined_at ?? now,
      last_seen_at: now,
    });
    sessions.update(session.id, { last_activity_at: now });
    advanceEpoch(db, sessions, session.id);
  }

  /** @param way finds the session and the role it gives, or refuses; runs in the transaction */
  function join(userId: string, way: () => { session: SessionRow; role: Role; taken: () => void }): Session {
    const { sessionId, isNew } = db.transact(() => {
      const { session, role, taken } = way();
      const status = sessions.participant(session.id, userId)?.status;
      // They know that it exists: they were in it, or hold its code.
      if (status === 'banned') throw new Fault('forbidden');
      const isNew = status !== 'joined';
      if (isNew) {
        seat(session, userId, role);
        taken();
      }
      return { sessionId: session.id, isNew };
    });
    if (isNew) changes.announce([sessionId]);
    const { session, participant } = enter(sessions, sessionId, userId, null);
    return present(session, participant);
  }

  function byCode(code: string, sessionId?: string) {
    const link = links.findOpen(code);
    const session = link === undefined ? undefined : sessions.find(link.session_id);
    if (link === undefined || session === undefined || session.status === 'deleted') throw new Fault('invalid-code');
    if (sessionId !== undefined && sessionId !== session.id) throw new Fault('invalid-code');
    if (session.access_mode === 'invite-only') throw new Fault('invalid-code');
    return { session, role: link.role, taken: () => links.countUse(link) };
  }

  /** Without a code only those get in who are in already, and anybody into a public session. */
  function byId(sessionId: string, userId: string) {
    const participant = sessions.participant(sessionId, userId);
    const session = sessions.find(sessionId);
    const isOpen = session?.access_mode === 'public' && session.status !== 'deleted';
    if (session === undefined || (participant?.status !== 'joined' && !isOpen)) throw new Fault('not-found');
    return { session, role: session.default_role, taken: () => {} };
  }

  return {
    async joinSession({ id, code }, caller) {
      const userId = userOf(caller);
      return join(userId, () => (code === undefined ? byId(id, userId) : byCode(code, id)));
    },

    async joinByCode({ code }, caller) {
      return join(userOf(caller), () => byCode(code));
    },

    async leaveSession({ id }, caller) {
      const userId = userOf(caller);
      const left = db.transact(() => {
        const { participant, role } = enter(sessions, id, userId, null);
        if (role === 'owner') throw new Fault('owner-cannot-leave');
        const row = { ...participant, status: 'left' as const };
        sessions.putParticipant(row);
        advanceEpoch(db, sessions, id);
        return row;
      });
      changes.announce([id]);
      const session = sessions.find(id);
      if (session === undefined) throw new Fault('not-found');
      return present(session, left);
    },
  };
}
