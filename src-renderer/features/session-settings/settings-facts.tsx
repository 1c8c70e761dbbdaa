import type { ReactElement } from 'react';
import type { Session } from '../../../shared/session/schemas.ts';
import { en } from '../../text/en.ts';
import { labelsOfThoseWho } from '../session/session-rights.ts';
import { PermissionTable } from '../permissions/permission-table.tsx';
import { SettingsSection } from './settings-section.tsx';
import { valuesOf } from './settings-values.ts';

const words = en.sessionSettings;

/** The settings for those who may not change them. */
export function SettingsFacts({ session }: { session: Session }): ReactElement {
  const values = valuesOf(session);
  const facts: readonly (readonly [string, string])[] = [
    [words.description, session.description === '' ? words.noDescription : session.description],
    [words.access, en.create.accessModes[session.access_mode]],
    [words.defaultRole, session.role_labels[session.default_role]],
    [words.seats, en.people.seats(session.participant_count, session.max_participants)],
    [words.cleanup, words.days(Number(values.cleanup_days))],
    [words.archive, words.days(Number(values.archive_days))],
  ];
  return (
    <>
      <SettingsSection title={words.about}>
        <p className="cm-muted">{words.readOnly(labelsOfThoseWho('manage_session', session))}</p>
        <dl className="session-facts">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </SettingsSection>
      <SettingsSection title={en.permissionTable.title}>
        <PermissionTable table={session.permission_table} labels={session.role_labels} />
      </SettingsSection>
    </>
  );
}
