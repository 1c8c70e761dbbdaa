import type { Playback } from '../../../shared/playback/playback.ts';
import type { SaidSpan } from '../../../shared/playback/said-spans.ts';
import type { Role } from '../../../shared/session/roles.ts';

/** Something that was said or marked, or a role that was given, with its moment. */
export interface SaidThen extends Omit<SaidSpan, 'kind'> {
  ms: number;
  kind: SaidSpan['kind'] | 'role';
  /** Of a role among all that were given: they have no numbers. Null: it is none. */
  place: number | null;
}

/** Messages, comments with their answers, marks and new roles, each as long as it stood, in the order of their moments. @param became how a new role is told */
export function saidLines(playback: Playback, became: (role: Role) => string): SaidThen[] {
  const said = playback.said.lines.map((line): SaidThen => ({ ...line, ms: playback.msOf(line.n), place: null }));
  const roles = playback.newRoles.map(({ ms, user_id, role }, place): SaidThen => {
    return { id: `role ${String(place)}`, n: 0, from: 0, to: Infinity, ms, user_id, text: became(role), kind: 'role', quote: null, place };
  });
  return [...said, ...roles].sort((a, b) => a.ms - b.ms);
}
