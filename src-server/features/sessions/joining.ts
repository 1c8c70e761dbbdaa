import { Fault } from '../../../shared/base/errors.ts';
import { limits } from '../../../shared/base/limits.ts';
import { isJoinable } from '../../../shared/session/lifecycle.ts';
import type { Role } from '../../../shared/session/roles.ts';
import { participantColors, type Session } from '../../../shared/session/schemas.ts';
import type { SessionRow } from '../../database/schema.ts';
import { timestamp } from '../../deps.ts';
import { type Caller, userOf } from '../caller.ts';
import type { Handlers } from '../handlers.ts';
import type { InvitationStore } from '../invitations/invitation-store.ts';
import { advanceEpoch } from './epoch.ts';
import { enter } from './gate.ts';
import type { JoinLinks } from './join-links.ts';
import type { SessionParts } from './parts.ts';

type JoiningHandlers = Pick<Handlers, 'joinSession' | 'joinByCode' | 'acceptInvitation' | 'leaveSession'>;

/** A way into a session: the role it gives, and what happens to it when somebody took it. */
interface Way {
  name: 'link' | 'invitation' | 'public';
  session: SessionRow;
  role: Role;
  taken(): void;
}

export function createJoining(parts: SessionParts, links: JoinLinks, invitations: InvitationStore): JoiningHandlers {
  const { db, deps, users, sessions, present, changes, activities } = parts;

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
    // Else people who come and go without end would make a statement that no app takes any more.
    if (before === undefined && sessions.countEver(session.id) >= limits.peoplePerSession) throw new Fault('session-full');
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

  /** @param find finds the way, or refuses; runs in the transaction */
  function join(caller: Caller, find: () => Way): Session {
    const userId = userOf(caller);
    const done = db.transact(() => {
      const way = find();
      const { session } = way;
      const status = sessions.participant(session.id, userId)?.status;
      // They know that it exists: they were in it, or hold its code.
      if (status === 'banned') throw new Fault('forbidden');
      const isNew = status !== 'joined';
      if (isNew) {
        seat(session, userId, way.role);
        activities.note({ session_id: session.id, type: 'participant_joined', by: caller, details: { way: way.name, role: way.role } });
      }
      const email = isNew || way.name === 'invitation' ? settleInvitation(session.id, userId) : null;
      if (isNew) way.taken();
      return { sessionId: session.id, isNew, email };
    });
    if (done.isNew) changes.announce([done.sessionId]);
    if (done.email !== null) parts.invitationChanged(done.email);
    const { session, participant } = enter(sessions, done.sessionId, userId, null);
    return present(session, participant);
  }

  /** Whoever is in needs no invitation any more, by whatever way they came. Answers its address. */
  function settleInvitation(sessionId: string, userId: string): string | null {
    const email = users.byId(userId)?.email ?? null;
    const row = email === null ? undefined : invitations.pending(sessionId, email);
    if (row === undefined || !invitations.isOpen(row)) return null;
    invitations.update(row.id, { status: 'accepted', answered_at: timestamp(deps.clock) });
    return row.email;
  }

  /** A guest comes in by links that admit guests only; who is in already may come again. */
  function refuseGuest(sessionId: string, userId: string): void {
    const isGuest = users.byId(userId)?.email === null;
    if (isGuest && sessions.participant(sessionId, userId)?.status !== 'joined') throw new Fault('account-needed');
  }

  function byCode(code: string, userId: string, sessionId?: string): Way {
    const link = links.findOpen(code);
    const invitation = link === undefined ? invitations.byCode(code) : undefined;
    const found = link ?? invitation;
    const session = found === undefined ? undefined : sessions.find(found.session_id);
    if (found === undefined || session === undefined || session.status === 'deleted') throw new Fault('invalid-code');
    if (sessionId !== undefined && sessionId !== session.id) throw new Fault('invalid-code');
    if (link !== undefined) {
      if (session.access_mode === 'invite-only') throw new Fault('invalid-code');
      if (link.admits_guests === 0) refuseGuest(session.id, userId);
      return { name: 'link', session, role: link.role, taken: () => links.countUse(link) };
    }
    // An invitation is for one address: its code lets nobody else in.
    const isTheirs = invitation !== undefined && invitation.email === users.byId(userId)?.email && invitations.isOpen(invitation);
    if (!isTheirs) throw new Fault('invalid-code');
    return { name: 'invitation', session, role: found.role, taken: () => {} };
  }

  /** Without a code only those get in who are in already, and anybody into a public session. */
  function byId(sessionId: string, userId: string): Way {
    const participant = sessions.participant(sessionId, userId);
    const session = sessions.find(sessionId);
    const isOpen = session?.access_mode === 'public' && session.status !== 'deleted';
    if (session === undefined || (participant?.status !== 'joined' && !isOpen)) throw new Fault('not-found');
    refuseGuest(session.id, userId);
    return { name: 'public', session, role: session.default_role, taken: () => {} };
  }

  function byInvitation(id: string, userId: string): Way {
    const row = invitations.addressed(id, users.byId(userId)?.email);
    const session = row === undefined ? undefined : sessions.find(row.session_id);
    if (row === undefined || session === undefined || session.status === 'deleted') throw new Fault('not-found');
    if (!invitations.isOpen(row)) throw new Fault('invitation-closed');
    return { name: 'invitation', session, role: row.role, taken: () => {} };
  }

  return {
    async joinSession({ id, code }, caller) {
      const userId = userOf(caller);
      return join(caller, () => (code === undefined ? byId(id, userId) : byCode(code, userId, id)));
    },

    async joinByCode({ code }, caller) {
      const userId = userOf(caller);
      return join(caller, () => byCode(code, userId));
    },

    async acceptInvitation({ id }, caller) {
      const userId = userOf(caller);
      return join(caller, () => byInvitation(id, userId));
    },

    async leaveSession({ id }, caller) {
      const userId = userOf(caller);
      const left = db.transact(() => {
        const { participant, role } = enter(sessions, id, userId, null);
        if (role === 'owner') throw new Fault('owner-cannot-leave');
        const row = { ...participant, status: 'left' as const };
        sessions.putParticipant(row);
        activities.note({ session_id: id, type: 'participant_left', by: caller });
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
