import type { ReactElement } from 'react';
import { mayDelete, mayManageSession } from '../../../shared/session/people-policy.ts';
import { roles } from '../../../shared/session/roles.ts';
import type { Session } from '../../../shared/session/schemas.ts';
import { en } from '../../text/en.ts';
import { standingOf } from '../session/session-rights.ts';
import { useTemplates } from '../templates/use-templates.ts';
import { DeleteSection } from './delete-section.tsx';
import './session-settings.css';
import { SettingsFacts } from './settings-facts.tsx';
import { SettingsForm } from './settings-form.tsx';
import { SettingsSection } from './settings-section.tsx';
import { StateSection } from './state-section.tsx';

const words = en.sessionSettings;

function Labels({ session }: { session: Session }): ReactElement {
  const template = useTemplates().find(({ id }) => id === session.template_id);
  return (
    <SettingsSection title={words.labels}>
      <p>{[...new Set(roles.map((role) => session.role_labels[role]))].join(' · ')}</p>
      {template !== undefined && <p className="cm-muted">{words.made(template.name)}</p>}
    </SettingsSection>
  );
}

/** `/session/:id/settings`: to be changed by those who may, to be read by the others. */
export function SessionSettingsPage({ session }: { session: Session }): ReactElement {
  const standing = standingOf(session);
  return (
    <div className="session-settings">
      <StateSection session={session} />
      {mayManageSession(standing) ? <SettingsForm session={session} /> : <SettingsFacts session={session} />}
      <Labels session={session} />
      {mayDelete(standing) && <DeleteSection session={session} />}
    </div>
  );
}
