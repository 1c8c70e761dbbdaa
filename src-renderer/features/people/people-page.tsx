import type { ReactElement } from 'react';
import { mayAddPeople } from '../../../shared/session/people-policy.ts';
import type { Session } from '../../../shared/session/schemas.ts';
import type { LiveSession } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import { labelsOfThoseWho, standingOf } from '../session/session-rights.ts';
import { InviteForm } from './invite-form.tsx';
import { JoinLinks } from './join-links.tsx';
import { Participants } from './participants.tsx';
import './people-page.css';
import { WaitingList } from './waiting-list.tsx';

/** `/session/:id/people`: who takes part, who is invited, and the ways in. */
export function PeoplePage({ session, live }: { session: Session; live: LiveSession | null }): ReactElement {
  if (!mayAddPeople(standingOf(session))) {
    return (
      <div className="around-stack">
        <Participants session={session} live={live} />
        <p className="cm-muted">{en.people.noAdding(labelsOfThoseWho('add_participants', session))}</p>
      </div>
    );
  }
  return (
    <div className="around-columns">
      <div className="around-stack">
        <Participants session={session} live={live} />
        <WaitingList session={session} />
      </div>
      <div className="around-stack">
        <InviteForm session={session} />
        <JoinLinks session={session} />
      </div>
    </div>
  );
}
