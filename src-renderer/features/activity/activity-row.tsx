import { Lock } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Activity } from '../../../shared/session/history-schemas.ts';
import type { Session } from '../../../shared/session/schemas.ts';
import { en } from '../../text/en.ts';
import { PersonBadge } from '../../ui/person-badge.tsx';
import { When } from '../../ui/when.tsx';
import { activityWords } from './activity-words.ts';

const words = en.activity;

interface ActivityRowProps {
  session: Session;
  activity: Activity;
  /** Of who did it, where they take part. */
  color: string | undefined;
}

/** One thing that happened. Where it came from is told to the owner only, when asked for. */
export function ActivityRow({ session, activity, color }: ActivityRowProps): ReactElement {
  const { actor, is_private, created_at, address, user_agent } = activity;
  return (
    <li className="activity-row">
      <PersonBadge name={actor?.name ?? ''} color={color ?? '#7a6f63'} size={28} isAway={color === undefined} />
      <div className="cm-grow">
        <p>
          {activityWords(activity, session)}
          {is_private && (
            <span className="activity-private" title={words.private(session.role_labels.owner)}>
              <Lock size={13} aria-hidden="true" />
              <span className="cm-hidden">{words.private(session.role_labels.owner)}</span>
            </span>
          )}
        </p>
        <p className="cm-muted cm-small">
          <When at={created_at} />
        </p>
        {address !== null && (
          <details className="cm-muted cm-small">
            <summary>{words.details}</summary>
            {words.from(address, user_agent ?? '')}
          </details>
        )}
      </div>
    </li>
  );
}
