import { roles } from '../../../shared/session/roles.ts';
import { templateValuesSchema, type RoleLabels, type Template, type TemplateValues } from '../../../shared/session/templates.ts';
import { en } from '../../text/en.ts';
import { readSpan, toSpan, type Span } from '../../ui/time-span.ts';

/** A template as it is typed: numbers are text until they are read. */
export interface TemplateDraft extends Omit<TemplateValues, 'max_participants' | 'auto_cleanup_after' | 'archive_after'> {
  seats: string;
  cleanup: Span;
  archive: Span;
  is_shared: boolean;
}

/** By the field that it stands at. */
export type DraftProblems = Partial<Record<'name' | 'category' | 'seats' | 'cleanup' | 'archive' | keyof RoleLabels, string>>;

/** What the editor begins with, from a template as it is. */
export function draftOf(template: Template, isShared: boolean): TemplateDraft {
  const { id: _id, is_built_in: _builtIn, max_participants, auto_cleanup_after, archive_after, ...same } = template;
  return {
    name: same.name,
    category: same.category,
    description: same.description,
    auto_recording: same.auto_recording,
    access_mode: same.access_mode,
    default_role: same.default_role,
    permissions: same.permissions,
    role_labels: same.role_labels,
    is_activity_private: same.is_activity_private,
    seats: String(max_participants),
    cleanup: toSpan(auto_cleanup_after),
    archive: toSpan(archive_after),
    is_shared: isShared,
  };
}

function readSeats(text: string): number | null {
  const parsed = templateValuesSchema.shape.max_participants.safeParse(/^\d{1,3}$/u.test(text.trim()) ? Number(text) : null);
  return parsed.success ? parsed.data : null;
}

/** The values to send, or what is wrong with the draft. */
export function readDraft(draft: TemplateDraft): { values: TemplateValues; problems: null } | { values: null; problems: DraftProblems } {
  const words = en.templates.editor;
  const { seats, cleanup, archive, is_shared: _shared, ...rest } = draft;
  const problems: DraftProblems = {};
  if (draft.name.trim() === '') problems.name = words.needName;
  if (draft.category.trim() === '') problems.category = words.needCategory;
  for (const role of roles) if (draft.role_labels[role].trim() === '') problems[role] = words.needWord;
  const max_participants = readSeats(seats);
  if (max_participants === null) problems.seats = words.badSeats;
  const [auto_cleanup_after, archive_after] = [readSpan(cleanup), readSpan(archive)];
  for (const [field, seconds] of [
    ['cleanup', auto_cleanup_after],
    ['archive', archive_after],
  ] as const) {
    if (seconds === 'beyond') problems[field] = words.beyondYear;
    else if (seconds === null) problems[field] = words.badTime;
  }
  const isWhole = max_participants !== null && typeof auto_cleanup_after === 'number' && typeof archive_after === 'number';
  if (!isWhole || Object.keys(problems).length > 0) return { values: null, problems };
  const role_labels = Object.fromEntries(roles.map((role) => [role, draft.role_labels[role].trim()])) as RoleLabels;
  return {
    values: templateValuesSchema.parse({ ...rest, role_labels, max_participants, auto_cleanup_after, archive_after }),
    problems: null,
  };
}

/** Where a refusal of the server belongs in the editor; null: it has no field here. */
export function fieldOf(path: string): keyof DraftProblems | null {
  const fields: Record<string, keyof DraftProblems> = {
    name: 'name',
    category: 'category',
    max_participants: 'seats',
    auto_cleanup_after: 'cleanup',
    archive_after: 'archive',
  };
  return fields[path] ?? null;
}
