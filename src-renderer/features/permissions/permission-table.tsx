import { Check, Minus } from 'lucide-react';
import type { ReactElement } from 'react';
import { permissions, type PermissionTable as Table } from '../../../shared/session/roles.ts';
import type { RoleLabels } from '../../../shared/session/templates.ts';
import { en } from '../../text/en.ts';
import { ScrollPane } from '../../ui/scroll-pane.tsx';
import './permissions.css';
import { memberRoles, withPermission } from './with-permission.ts';

const words = en.permissionTable;

function Given({ isGiven }: { isGiven: boolean }): ReactElement {
  const Sign = isGiven ? Check : Minus;
  return (
    <>
      <Sign size={16} aria-hidden="true" />
      <span className="cm-hidden">{isGiven ? words.yes : words.no}</span>
    </>
  );
}

interface PermissionTableProps {
  table: Table;
  labels: RoleLabels;
  /** Absent: it is only looked at. */
  onChange?: ((table: Table) => void) | undefined;
}

/** Who may do what: a row a permission, a column a role. Who leads may everything. */
export function PermissionTable({ table, labels, onChange }: PermissionTableProps): ReactElement {
  return (
    <ScrollPane className="permission-scroll" aria-label={words.title}>
      <table className="permission-table">
        <thead>
          <tr>
            <th scope="col">{words.permission}</th>
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
              <th scope="row">{words.names[permission]}</th>
              <td>
                <Check size={16} aria-hidden="true" />
                <span className="cm-hidden">{words.ownerMay(labels.owner)}</span>
              </td>
              {memberRoles.map((role) => {
                const isGiven = table[role].includes(permission);
                return (
                  <td key={role}>
                    {onChange === undefined ? (
                      <Given isGiven={isGiven} />
                    ) : (
                      <input
                        type="checkbox"
                        aria-label={words.may(labels[role], words.names[permission])}
                        checked={isGiven}
                        onChange={({ currentTarget: { checked } }) => onChange(withPermission(table, role, permission, checked))}
                      />
                    )}
                  </td>
                );
              })}
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
