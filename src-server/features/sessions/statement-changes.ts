/** Told after the commit that the statement of a session is another one. */
type StatementListener = (sessionId: string) => void;

export interface StatementChanges {
  listen(listener: StatementListener): void;
  announce(sessionIds: Iterable<string>): void;
}

/** Joins those who change sessions with those who must know at once (ledger, signaling), in the order they came. */
export function createStatementChanges(): StatementChanges {
  const listeners: StatementListener[] = [];
  return {
    listen: (listener) => void listeners.push(listener),
    announce(sessionIds) {
      for (const sessionId of sessionIds) for (const listener of listeners) listener(sessionId);
    },
  };
}
