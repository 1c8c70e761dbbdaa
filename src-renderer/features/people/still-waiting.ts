import type { SentInvitation } from '../../../shared/session/invitation-schemas.ts';

/** Those that still say something: accepted ones take part, those taken back are over. */
export type WaitingInvitation = SentInvitation & { status: 'pending' | 'declined' | 'expired' };

function isWaiting(invitation: SentInvitation): invitation is WaitingInvitation {
  return invitation.status !== 'accepted' && invitation.status !== 'revoked';
}

/** Of several to one address only the newest says how things are: who declined may have come later. */
export function stillWaiting(invitations: readonly SentInvitation[]): WaitingInvitation[] {
  const newest = new Map<string, SentInvitation>();
  for (const invitation of invitations) {
    const other = newest.get(invitation.email);
    if (other === undefined || invitation.created_at > other.created_at) newest.set(invitation.email, invitation);
  }
  return invitations.filter((invitation) => newest.get(invitation.email) === invitation).filter(isWaiting);
}
