import { Checkbox } from '@mantine/core';
import { Check, Minus } from 'lucide-react';
import type { ReactElement } from 'react';
import { permissions, type PermissionTable } from '../../../shared/session/roles.ts';
import type { Session } from '../../../shared/session/schemas.ts';
import { en } from '../../text/en.ts';
import { withPermission } from './settings-values.ts';

const words = en.sessionSettings;
const columns = ['editor', 'commenter', 'viewer'] as const;

interface PermissionGridProps {
  session: Session;
  table: PermissionTable;
  /** Null: to be read only. */
  onChange: ((table: PermissionTable) => void) | null;
}

/** Who may do what, a row each permission and a column each role. */
export function PermissionGrid({ session, table, onChange }: PermissionGridProps): ReactElement {
  return (
    <div className="permission-scroll">
      <table className="permission-grid">
        <thead>
          <tr>
            <th scope="col">{words.permission}</th>
            {columns.map((role) => (
              <th key={role} scope="col">
                {session.role_labels[role]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {permissions.map((permission) => (
            <tr key={permission}>
              <th scope="row">{words.permissions[permission]}</th>
              {columns.map((role) => {
                const isGiven = table[role].includes(permission);
                const label = words.may(session.role_labels[role], words.permissions[permission]);
                return (
                  <td key={role}>
                    {onChange === null ? (
                      <>
                        {isGiven ? <Check size={16} aria-hidden="true" /> : <Minus size={16} aria-hidden="true" className="cm-muted" />}
                        <span className="cm-hidden">{isGiven ? words.yes : words.no}</span>
                      </>
                    ) : (
                      <Checkbox
                        aria-label={label}
                        iconColor="var(--mantine-primary-color-contrast)"
                        checked={isGiven}
                        onChange={({ currentTarget }) => onChange(withPermission(table, role, permission, currentTarget.checked))}
                      />
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
