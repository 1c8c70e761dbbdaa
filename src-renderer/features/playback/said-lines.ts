import type { NewRole, Playback, Talk } from '../../../shared/playback/playback.ts';
import type { Role } from '../../../shared/session/roles.ts';

/** Something that was said or marked, or a role that was given, with its moment. */
export interface SaidThen {
  id: string;
  /** Its number in the ledger; null: it is not there. */
  n: number | null;
  ms: number;
  user_id: string;
  text: string;
  kind: 'message' | 'comment' | 'mark' | 'role';
  /** The words that a comment is about. */
  quote: string | null;
}

/** Messages, comments with their answers, marks and new roles, in the order of their moments. @param became how a new role is told */
export function saidLines(
  playback: Playback,
  { messages, threads, marks }: Talk,
  newRoles: readonly NewRole[],
  became: (role: Role) => string,
): SaidThen[] {
  const said = (id: string): Pick<SaidThen, 'id' | 'n' | 'ms'> => {
    const n = playback.numberOf(id.slice(0, 64));
    return { id, n, ms: playback.msOf(n) };
  };
  const lines: SaidThen[] = [
    ...messages.map(({ id, user_id, text }): SaidThen => ({ ...said(id), user_id, text, kind: 'message', quote: null })),
    ...threads.flatMap(({ anchor, first, replies }) =>
      [first, ...replies].flatMap((remark): SaidThen[] => {
        if (remark === null) return [];
        const { id, user_id, text } = remark;
        return [{ ...said(id), user_id, text, kind: 'comment', quote: anchor?.quote ?? null }];
      }),
    ),
    ...marks.map(({ id, user_id, name }): SaidThen => ({ ...said(id), user_id, text: name, kind: 'mark', quote: null })),
  ];
  lines.sort((a, b) => (a.n ?? 0) - (b.n ?? 0));
  for (const [at, { ms, user_id, role }] of newRoles.entries())
    lines.push({ id: `role ${String(at)}`, n: null, ms, user_id, text: became(role), kind: 'role', quote: null });
  return lines.sort((a, b) => a.ms - b.ms);
}
