import { Fault, faults, type FaultCode } from '../../../shared/base/errors.ts';
import { limits } from '../../../shared/base/limits.ts';
import type { Invitation, SentInvitation } from '../../../shared/session/invitation-schemas.ts';
import { joinLink } from '../../../shared/session/join-link.ts';
import { mayGiveRole } from '../../../shared/session/people-policy.ts';
import type { InvitationRow, SessionRow } from '../../database/schema.ts';
import { newId, timestamp } from '../../deps.ts';
import { type Caller, userOf } from '../caller.ts';
import type { Handlers } from '../handlers.ts';
import { pageFrom } from '../page.ts';
import { enter, type Entered } from '../sessions/gate.ts';
import { makeJoinCode } from '../sessions/join-codes.ts';
import type { SessionParts } from '../sessions/parts.ts';
import type { PeopleNames } from '../sessions/people-names.ts';
import { roleLabelsOf } from '../sessions/session-store.ts';
import { invitationMail } from './invitation-mail.ts';
import type { InvitationStore } from './invitation-store.ts';

const lifetimeMs = 7 * 24 * 60 * 60 * 1000;

type InvitationHandlers = Pick<Handlers, 'invite' | 'listInvitations' | 'revokeInvitation' | 'myInvitations' | 'declineInvitation'>;
type Wish = { email: string; role: InvitationRow['role'] };

const positionOf = (row: InvitationRow): [string, string] => [row.created_at, row.id];

/** Invitations from the inviter's side, and what is declined. Accepting is a way of joining: joining.ts. */
export function createInvitations(parts: SessionParts, invitations: InvitationStore, names: PeopleNames): InvitationHandlers {
  const { db, deps, users, sessions, activities } = parts;

  function show(session: SessionRow, row: InvitationRow): Invitation {
    const { code: _code, status, invited_by, ...rest } = row;
    return {
      ...rest,
      session_name: session.name,
      role_label: roleLabelsOf(session)[row.role],
      status: status === 'pending' && !invitations.isOpen(row) ? 'expired' : status,
      invited_by: names.person(invited_by),
    };
  }

  function showSent(session: SessionRow, row: InvitationRow): SentInvitation {
    const isOpen = invitations.isOpen(row);
    return {
      ...show(session, row),
      code: isOpen ? row.code : null,
      link: isOpen ? joinLink({ ...parts.place(), code: row.code }) : null,
    };
  }

  /** Inside the transaction. Throws the reason why this one is not invited. */
  function inviteOne(entered: Entered, by: Caller, { email, role }: Wish, message: string): InvitationRow {
    const { session } = entered;
    if (!mayGiveRole(entered, role)) throw new Fault('forbidden');
    const known = users.byEmail(email);
    const status = known === undefined ? undefined : sessions.participant(session.id, known.id)?.status;
    if (status === 'joined') throw new Fault('already-participant');
    if (status === 'banned') throw new Fault('forbidden', 'This person cannot be invited.');
    const before = invitations.pending(session.id, email);
    if (before === undefined && invitations.countPending(session.id) >= limits.openInvitationsPerSession) throw new Fault('too-many');
    const row: InvitationRow = {
      id: before?.id ?? newId(deps),
      session_id: session.id,
      email,
      role,
      message,
      // Once expired, the old code may be anywhere.
      code: before !== undefined && invitations.isOpen(before) ? before.code : makeJoinCode(db, deps),
      status: 'pending',
      invited_by: userOf(by),
      created_at: timestamp(deps.clock),
      expires_at: timestamp(deps.clock, lifetimeMs),
      answered_at: null,
    };
    if (before === undefined) invitations.insert(row);
    else invitations.update(row.id, row);
    activities.note({
      session_id: session.id,
      type: 'participant_invited',
      by,
      details: { way: 'invitation', role },
      ...(known !== undefined && { subject_id: known.id }),
    });
    return row;
  }

  async function mail(session: SessionRow, row: InvitationRow): Promise<boolean> {
    if (!parts.mail.isSetUp) return false;
    const place = parts.place();
    const message = invitationMail({
      ...row,
      session_name: session.name,
      inviter: names.person(row.invited_by).name,
      role_label: roleLabelsOf(session)[row.role],
      link: joinLink({ ...place, code: row.code }),
      server: place.server,
    });
    try {
      await parts.mail.sendMail(message);
      return true;
    } catch (error) {
      // The invitation stands, and its link is shown instead; the mail port has logged why.
      if (!(error instanceof Fault)) throw error;
      return false;
    }
  }

  return {
    async invite({ id, users: wishes, message = '' }, caller) {
      const errors: { email: string; code: string; message: string }[] = [];
      const refuse = (email: string, code: FaultCode, text: string = faults[code].title) => errors.push({ email, code, message: text });
      const { session, rows } = db.transact(() => {
        const by = enter(sessions, id, userOf(caller), 'add_participants');
        const seen = new Set<string>();
        const made = wishes.flatMap((wish) => {
          const email = wish.email.toLowerCase();
          if (seen.has(email)) return [];
          seen.add(email);
          try {
            return [inviteOne(by, caller, { email, role: wish.role }, message)];
          } catch (error) {
            if (!(error instanceof Fault)) throw error;
            refuse(wish.email, error.code, error.message);
            return [];
          }
        });
        return { session: by.session, rows: made };
      });
      for (const { email } of rows) parts.invitationChanged(email);
      if (rows.length > 0) parts.waysChanged(id);
      const invited = await Promise.all(rows.map(async (row) => ({ ...showSent(session, row), mail_sent: await mail(session, row) })));
      return { invited, errors };
    },

    async listInvitations({ id, limit, cursor }, caller) {
      const { session } = enter(sessions, id, userOf(caller), 'add_participants');
      const { shown, next_cursor } = pageFrom(invitations.ofSession(id, limit, cursor), limit, positionOf);
      return { items: shown.map((row) => showSent(session, row)), next_cursor };
    },

    async revokeInvitation({ id, invitation_id }, caller) {
      const email = db.transact(() => {
        const by = enter(sessions, id, userOf(caller), 'add_participants');
        const row = invitations.find(invitation_id);
        if (row === undefined || row.session_id !== id) throw new Fault('not-found');
        if (row.status !== 'pending') throw new Fault('invitation-closed');
        if (!mayGiveRole(by, row.role)) throw new Fault('forbidden');
        invitations.update(row.id, { status: 'revoked', answered_at: timestamp(deps.clock) });
        activities.note({ session_id: id, type: 'session_settings_changed', by: caller, details: { changed: ['invitation_revoked'] } });
        return row.email;
      });
      parts.invitationChanged(email);
      parts.waysChanged(id);
      return null;
    },

    async myInvitations({ limit, cursor }, caller) {
      const email = users.byId(userOf(caller))?.email ?? null;
      if (email === null) return { items: [], next_cursor: null };
      const { shown, next_cursor } = pageFrom(invitations.openFor(email, limit, cursor), limit, positionOf);
      const items = shown.flatMap((row) => {
        const session = sessions.find(row.session_id);
        return session === undefined || session.status === 'deleted' ? [] : [show(session, row)];
      });
      return { items, next_cursor };
    },

    async declineInvitation({ id }, caller) {
      const userId = userOf(caller);
      const done = db.transact(() => {
        const row = invitations.addressed(id, users.byId(userId)?.email);
        const session = row === undefined ? undefined : sessions.find(row.session_id);
        if (row === undefined || session === undefined || session.status === 'deleted') throw new Fault('not-found');
        if (!invitations.isOpen(row)) throw new Fault('invitation-closed');
        const after: InvitationRow = { ...row, status: 'declined', answered_at: timestamp(deps.clock) };
        invitations.update(id, after);
        activities.note({ session_id: session.id, type: 'participant_declined', by: caller });
        return { row: after, session };
      });
      parts.invitationChanged(done.row.email);
      parts.waysChanged(done.session.id);
      return show(done.session, done.row);
    },
  };
}
