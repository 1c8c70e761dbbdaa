import type { DraftWhy } from '../../../shared/ledger/refused-edits.ts';
import type { Role } from '../../../shared/session/roles.ts';
import type { Session } from '../../../shared/session/schemas.ts';
import type { LiveSnapshot } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';

type UnsaidWhy = NonNullable<LiveSnapshot['unsaidWhy']>;

const weekMs = 7 * 86_400_000;

/** "Tuesday", further back "3 November". */
function dayOf(at: string, nowMs: number): string {
  const date = new Date(at);
  const isNear = nowMs - date.getTime() < weekMs;
  return date.toLocaleDateString('en', isNear ? { weekday: 'long' } : { day: 'numeric', month: 'long' });
}

function reasonOf(why: DraftWhy, role: Role | null, session: Session | null, nowMs: number): string {
  const { reasons } = en.drafts;
  if (why === 'role') return role === null || session === null ? reasons.noRole : reasons.role(session.role_labels[role]);
  if (why === 'ended' && session?.ended_at != null) return reasons.endedOn(dayOf(session.ended_at, nowMs));
  return reasons[why];
}

function reasonOfWords(why: UnsaidWhy, role: Role | null, session: Session | null, nowMs: number): string {
  const { reasons } = en.drafts.unsaid;
  if (why === 'lost' || why === 'earlier') return reasons[why];
  return why === 'role' && (role === null || session === null) ? reasons.noRole : reasonOf(why, role, session, nowMs);
}

/** "2 messages or comments of yours were not taken: the session is paused." */
export function unsaidWords(count: number, why: UnsaidWhy, role: Role | null, session: Session | null, nowMs: number): string {
  return en.drafts.unsaid.kept(count, reasonOfWords(why, role, session, nowMs));
}

/** "Your last 12 changes are kept as a draft: the session was ended on Tuesday." */
export function draftWords(count: number, why: DraftWhy, role: Role | null, session: Session | null, nowMs: number): string {
  return en.drafts.kept(count, reasonOf(why, role, session, nowMs));
}
