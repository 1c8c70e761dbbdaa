import type { ReactElement } from 'react';
import type { ConnectionState } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import { connectionTone, connectionWords } from './connection-words.ts';

/** How this person is connected; read out when it changes. */
export function Connection({ state }: { state: ConnectionState }): ReactElement {
  return (
    <output className={`connection connection-${connectionTone(state)}`} aria-label={en.session.connection}>
      <span className="connection-dot" aria-hidden="true" />
      <span className="cm-ellipsis">{connectionWords(state)}</span>
    </output>
  );
}
