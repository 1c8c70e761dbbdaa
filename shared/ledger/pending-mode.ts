import type { Permission } from '../session/roles.ts';
import type { Entry } from './entry.ts';
import { entryKinds } from './entry.ts';
import type { Fold, Mode } from './fold.ts';
import { mayNow, permissionOfKind, type Statement, type StatementDevice } from './statement.ts';

export interface PendingJudge {
  statement: Statement | null;
  fold: Fold;
  authorityDevice: string;
  device(deviceId: string): StatementDevice | undefined;
}

/** What the entry needs; null: only the authority's own key may write it. */
function neededFor(entry: Entry, judge: PendingJudge): readonly Permission[] | null {
  const permission = permissionOfKind[entry.kind];
  if (permission === null) return null;
  const isOthers = judge.fold.changesOthers(entry, (deviceId) => judge.device(deviceId)?.user_id ?? null);
  return isOthers ? [permission, 'moderate'] : [permission];
}

/** How an entry without a record is folded by the newest statement (R-DOC-1); null: its stream ends before it. */
export function pendingMode(entry: Entry, judge: PendingJudge): Mode | null {
  if (entry.kind === entryKinds.attested) return entry.device === judge.authorityDevice ? 'whole' : null;
  const device = judge.device(entry.device);
  if (device === undefined || device.barred || judge.statement === null) return null;
  const { claims } = judge.statement;
  const needed = neededFor(entry, judge);
  if (needed === null) return null;
  if (needed.every((permission) => mayNow(claims, device, permission))) return 'whole';
  return needed.every((permission) => device.had.includes(permission)) ? 'skeleton' : null;
}
