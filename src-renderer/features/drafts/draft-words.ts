import type { DraftWhy } from '../../../shared/ledger/refused-edits.ts';
import type { Role } from '../../../shared/session/roles.ts';
import type { Session } from '../../../shared/session/schemas.ts';
import { en } from '../../text/en.ts';

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

/** "Your last 12 changes are kept as a draft: the session was ended on Tuesday." */
export function draftWords(count: number, why: DraftWhy, role: Role | null, session: Session | null, nowMs: number): string {
  return en.drafts.kept(count, reasonOf(why, role, session, nowMs));
}
