import { Check } from 'lucide-react';
import type { ReactElement } from 'react';
import { permissions, type PermissionTable as Table } from '../../../shared/session/roles.ts';
import type { RoleLabels } from '../../../shared/session/templates.ts';
import { en } from '../../text/en.ts';
import { ScrollPane } from '../../ui/scroll-pane.tsx';
import { memberRoles, withPermission } from './template-draft.ts';

interface PermissionTableProps {
  table: Table;
  labels: RoleLabels;
  /** Absent: it is only looked at. */
  onChange?: ((table: Table) => void) | undefined;
}

/** Who may do what: a row a permission, a column a role. Who leads may everything. */
export function PermissionTable({ table, labels, onChange }: PermissionTableProps): ReactElement {
  const words = en.templates.editor;
  return (
    <ScrollPane className="permission-scroll" aria-label={words.rights}>
      <table className="permission-table">
        <thead>
          <tr>
            <th scope="col">{words.right}</th>
            <th scope="col">{labels.owner}</th>
            {memberRoles.map((role) => (
              <th key={role} scope="col">
                {labels[role]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {permissions.map((permission) => (
            <tr key={permission}>
              <th scope="row">{en.templates.permissions[permission]}</th>
              <td>
                <Check size={16} aria-hidden="true" />
                <span className="cm-hidden">{words.rightsLead(labels.owner)}</span>
              </td>
              {memberRoles.map((role) => (
                <td key={role}>
                  <input
                    type="checkbox"
                    aria-label={`${labels[role]}: ${en.templates.permissions[permission]}`}
                    checked={table[role].includes(permission)}
                    disabled={onChange === undefined}
                    onChange={({ currentTarget: { checked } }) => onChange?.(withPermission(table, role, permission, checked))}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {memberRoles
        .filter((role) => !table[role].includes('read'))
        .map((role) => (
          <p key={role} className="cm-small permission-warning">
            {words.noRead(labels[role])}
          </p>
        ))}
    </ScrollPane>
  );
}
