import type { ReactElement } from 'react';
import { Link } from 'react-router';
import type { ConnectionState } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import { connectionTone, connectionWords, isServerReachable } from './connection-words.ts';

/** How this person is connected; read out when it changes. */
export function Connection({ state }: { state: ConnectionState }): ReactElement {
  return (
    <output className={`connection connection-${connectionTone(state)}`} aria-label={en.session.connection}>
      <span className="connection-dot" aria-hidden="true" />
      {isServerReachable(state) ? (
        <span className="cm-ellipsis">{connectionWords(state)}</span>
      ) : (
        <Link to="/waiting" className="connection-link cm-ellipsis" title={en.outbox.show}>
          {connectionWords(state)}
        </Link>
      )}
    </output>
  );
}
