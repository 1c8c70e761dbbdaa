import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { mayManageSession, movesOf } from '../../../shared/session/people-policy.ts';
import type { Session } from '../../../shared/session/schemas.ts';
import { en } from '../../text/en.ts';
import { moveIcons } from '../session/move-icons.ts';
import { labelsOfThoseWho, standingOf } from '../session/session-rights.ts';
import { useSessionActions } from '../session/use-session-actions.tsx';
import { SettingsSection } from './settings-section.tsx';

const words = en.sessionSettings;

/** How the session stands, and where it can go from there. */
export function StateSection({ session }: { session: Session }): ReactElement {
  const actions = useSessionActions(session);
  const standing = standingOf(session);
  return (
    <SettingsSection title={words.state}>
      <p>{words.stateWords[session.status]}</p>
      {mayManageSession(standing) ? (
        <div className="session-moves">
          {movesOf(standing, session.status).map((move) => {
            const Icon = moveIcons[move];
            return (
              <Button key={move} variant="default" leftSection={<Icon size={16} aria-hidden="true" />} onClick={() => actions.run(move)}>
                {en.session[move]}
              </Button>
            );
          })}
        </div>
      ) : (
        <p className="cm-muted">{words.stateReader(labelsOfThoseWho('manage_session', session))}</p>
      )}
    </SettingsSection>
  );
}
