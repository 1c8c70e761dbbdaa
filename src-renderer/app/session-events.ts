import type { QueryClient } from '@tanstack/react-query';
import type { OutputOf } from '../../shared/api/operations.ts';
import type { Participant, Session } from '../../shared/session/schemas.ts';
import { keys } from './queries.ts';

async function supersede<T>(client: QueryClient, queryKey: readonly unknown[], next: (before: T) => T): Promise<void> {
  await client.cancelQueries({ queryKey });
  client.setQueryData<T>(queryKey, (latest) => (latest === undefined ? undefined : next(latest)));
}

/**
 * Puts what was told in the place of what was fetched, where that is there. A fetch that is under way may bring an older
 * state, so that it is not waited for; where nothing was fetched yet, it is fetched anew.
 */
function replace<T>(client: QueryClient, queryKey: readonly unknown[], next: (before: T) => T): void {
  const before = client.getQueryData<T>(queryKey);
  if (before === undefined) {
    void client.invalidateQueries({ queryKey });
    return;
  }
  void supersede(client, queryKey, next);
}

/** A session as it is now: in its own place, in the lists, and what hangs on it is asked for again. */
export function takeInSession(client: QueryClient, session: Session): void {
  // It comes without its health, which is fetched with it and stays as it was.
  replace<Session>(client, keys.session(session.id), (before) => ({ ...before, ...session }));
  for (const [queryKey, mine] of client.getQueriesData<Session[]>({ queryKey: keys.mySessions })) {
    const isListed = mine?.some(({ id }) => id === session.id) === true;
    if (isListed) replace<Session[]>(client, queryKey, (list) => list.map((each) => (each.id === session.id ? session : each)));
    else void client.invalidateQueries({ queryKey });
  }
  void client.invalidateQueries({ queryKey: keys.knownSessions });
  for (const queryKey of [keys.ways(session.id), keys.activities(session.id), keys.numbers(session.id)]) {
    void client.invalidateQueries({ queryKey });
  }
}

export function takeInParticipants(client: QueryClient, sessionId: string, items: readonly Participant[]): void {
  replace<OutputOf<'listParticipants'>>(client, keys.participants(sessionId), (before) => ({ ...before, items: [...items] }));
}

/** This person takes part in it no longer: what is shown of it is asked for again, and refused. */
export function dropSession(client: QueryClient, sessionId: string): void {
  void client.invalidateQueries({ queryKey: keys.mySessions });
  void client.invalidateQueries({ queryKey: keys.knownSessions });
  for (const queryKey of [keys.session(sessionId), keys.participants(sessionId), keys.ways(sessionId)]) {
    void client.invalidateQueries({ queryKey });
  }
}
