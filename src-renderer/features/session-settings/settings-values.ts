import type { PermissionTable } from '../../../shared/session/roles.ts';
import type { InputOf } from '../../../shared/api/operations.ts';
import type { Session } from '../../../shared/session/schemas.ts';

const daySeconds = 24 * 60 * 60;

/** What the form holds: numbers as they are typed. */
export interface SettingsValues {
  name: string;
  description: string;
  access_mode: Session['access_mode'];
  default_role: Session['default_role'];
  max_participants: string;
  cleanup_days: string;
  archive_days: string;
  is_activity_private: boolean;
  auto_recording: boolean;
  has_open_recordings: boolean;
  permission_table: PermissionTable;
}

/** Whole days where they are, else with the part that is more: a template may say hours. */
function daysOf(seconds: number): string {
  return String(Math.round((seconds / daySeconds) * 100) / 100);
}

export function valuesOf(session: Session): SettingsValues {
  return {
    name: session.name,
    description: session.description,
    access_mode: session.access_mode,
    default_role: session.default_role,
    max_participants: String(session.max_participants),
    cleanup_days: daysOf(session.auto_cleanup_after),
    archive_days: daysOf(session.archive_after),
    is_activity_private: session.is_activity_private,
    auto_recording: session.auto_recording,
    has_open_recordings: session.has_open_recordings,
    permission_table: session.permission_table,
  };
}

export type SettingsProblem = 'name' | 'max_participants' | 'cleanup_days' | 'archive_days';

function isDays(text: string): boolean {
  const days = Number(text);
  return text.trim() !== '' && Number.isFinite(days) && days * daySeconds >= 60 && days <= 3_660;
}

/** What the server would refuse, before it is asked; its own limits for days are its to say. */
export function problemsOf(values: SettingsValues): ReadonlySet<SettingsProblem> {
  const seats = /^\d{1,2}$/u.test(values.max_participants.trim()) ? Number(values.max_participants) : 0;
  const bad: [SettingsProblem, boolean][] = [
    ['name', values.name.trim() === ''],
    ['max_participants', seats < 2 || seats > 50],
    ['cleanup_days', !isDays(values.cleanup_days)],
    ['archive_days', !isDays(values.archive_days)],
  ];
  return new Set(bad.flatMap(([name, isBad]) => (isBad ? [name] : [])));
}

/** Only what was changed goes out, so that two who change different things don't undo each other. */
export function changeOf(edits: Partial<SettingsValues>): Omit<InputOf<'updateSession'>, 'id'> {
  const { max_participants, cleanup_days, archive_days, name, ...plain } = edits;
  return {
    ...plain,
    ...(name !== undefined && { name: name.trim() }),
    ...(max_participants !== undefined && { max_participants: Number(max_participants) }),
    ...(cleanup_days !== undefined && { auto_cleanup_after: Math.round(Number(cleanup_days) * daySeconds) }),
    ...(archive_days !== undefined && { archive_after: Math.round(Number(archive_days) * daySeconds) }),
  };
}

/** The edits that still differ from what the session says. */
export function remaining(edits: Partial<SettingsValues>, now: SettingsValues): Partial<SettingsValues> {
  const isNew = ([key, value]: [string, unknown]): boolean => JSON.stringify(value) !== JSON.stringify(now[key as keyof SettingsValues]);
  return Object.fromEntries(Object.entries(edits).filter(isNew));
}
