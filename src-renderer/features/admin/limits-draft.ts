import { readSpan, toSpan, type Span } from '../../ui/time-span.ts';
import { serverSettingsSchema, type ServerSettings } from '../../../shared/api/admin.ts';

/** The limits as they are typed. */
export interface LimitsDraft {
  max_users: string;
  max_sessions_per_user: string;
  cleanup_min: Span;
  cleanup_max: Span;
  archive_min: Span;
  archive_max: Span;
}
export type Limits = Omit<ServerSettings, 'registration'>;
export type LimitsField = 'max_users' | 'max_sessions_per_user' | 'auto_cleanup_after' | 'archive_after';

const toText = (count: number | null): string => (count === null ? '' : String(count));

export function limitsDraftOf(settings: Limits): LimitsDraft {
  return {
    max_users: toText(settings.max_users),
    max_sessions_per_user: toText(settings.max_sessions_per_user),
    cleanup_min: toSpan(settings.auto_cleanup_after.min),
    cleanup_max: toSpan(settings.auto_cleanup_after.max),
    archive_min: toSpan(settings.archive_after.min),
    archive_max: toSpan(settings.archive_after.max),
  };
}

const readCount = (text: string): number | null => (text.trim() === '' ? null : Number(text));
/** The limits to send, or the fields that are wrong; by the rules of the operation itself. */
export function readLimits(draft: LimitsDraft): { limits: Limits; wrong: null } | { limits: null; wrong: LimitsField[] } {
  const read = serverSettingsSchema.omit({ registration: true }).safeParse({
    max_users: readCount(draft.max_users),
    max_sessions_per_user: readCount(draft.max_sessions_per_user),
    auto_cleanup_after: { min: readSpan(draft.cleanup_min), max: readSpan(draft.cleanup_max) },
    archive_after: { min: readSpan(draft.archive_min), max: readSpan(draft.archive_max) },
  });
  if (read.success) return { limits: read.data, wrong: null };
  const fields = ['max_users', 'max_sessions_per_user', 'auto_cleanup_after', 'archive_after'] as const;
  return { limits: null, wrong: fields.filter((field) => read.error.issues.some(({ path }) => path[0] === field)) };
}
