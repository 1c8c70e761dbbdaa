import type { z } from 'zod';
import { operations, type OperationName, type OutputOf } from '../../../shared/api/operations.ts';
import { sessionSchema, type Session } from '../../../shared/session/schemas.ts';
import type { KnownSessions, KnownSessionsOwner } from './known-sessions.ts';

/** The query of `mySessions` that names all of them, not some. */
function asksForAll(input: unknown): boolean {
  const asked = operations.mySessions.input.safeParse(input);
  return asked.success && [asked.data.status, asked.data.role, asked.data.q, asked.data.cursor].every((value) => value === undefined);
}

/** Keeps the sessions of an answer; true when what is known changed. */
export function noteAnswer(
  known: KnownSessions,
  owner: KnownSessionsOwner,
  { name, input, output }: { name: OperationName; input: unknown; output: unknown },
): boolean {
  const result: z.ZodType = operations[name].output;
  if (result === sessionSchema) return known.note(owner, [output as Session]);
  if (name === 'getSession') {
    const { health: _health, ...session } = output as OutputOf<'getSession'>;
    return known.note(owner, [session]);
  }
  if (name === 'publicSessions') {
    // Strangers' sessions say nothing about what this person takes part in, and are not kept.
    const { items } = output as { items: Session[] };
    return known.note(
      owner,
      items.filter(({ role }) => role !== null),
    );
  }
  if (name !== 'mySessions') return false;
  const { items, next_cursor } = output as { items: Session[]; next_cursor: string | null };
  return next_cursor === null && asksForAll(input) ? known.replace(owner, items) : known.note(owner, items);
}
