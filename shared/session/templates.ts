import type { Permission, PermissionTable, Role } from './roles.ts';
import { z } from 'zod';
import { permissionTableSchema, roleSchema } from './roles.ts';

export const accessModes = ['invite-only', 'link-access', 'public'] as const;
export const accessModeSchema = z.enum(accessModes);
export type AccessMode = z.infer<typeof accessModeSchema>;

export const roleLabelsSchema = z.strictObject({
  owner: z.string().min(1).max(60),
  editor: z.string().min(1).max(60),
  commenter: z.string().min(1).max(60),
  viewer: z.string().min(1).max(60),
});
export type RoleLabels = z.infer<typeof roleLabelsSchema>;

const daySeconds = 24 * 60 * 60;

/** What a session takes over from its template; times in seconds. */
export const templateValuesSchema = z.strictObject({
  name: z.string().trim().min(1).max(80),
  category: z.string().trim().min(1).max(40),
  description: z.string().max(2_000),
  max_participants: z.int().min(2).max(50),
  auto_recording: z.boolean(),
  access_mode: accessModeSchema,
  default_role: roleSchema.exclude(['owner']),
  permissions: permissionTableSchema,
  role_labels: roleLabelsSchema,
  auto_cleanup_after: z.int().positive(),
  archive_after: z.int().positive(),
  is_activity_private: z.boolean(),
});

export type TemplateValues = z.infer<typeof templateValuesSchema>;

export const templateSchema = templateValuesSchema.extend({ id: z.string(), is_built_in: z.boolean() });
export type Template = z.infer<typeof templateSchema>;

/** A template as one person sees it among others. */
export const listedTemplateSchema = templateSchema.extend({
  is_shared: z.boolean(),
  is_mine: z.boolean(),
  /** Whose it is; null for built-in ones. */
  owner_name: z.string().nullable(),
  /** Sessions made from it. */
  uses: z.int(),
});
export type ListedTemplate = z.infer<typeof listedTemplateSchema>;

/** Only who made a template changes, shares or deletes it; others copy it. */
export function mayChangeTemplate({ is_mine }: Pick<ListedTemplate, 'is_mine'>): boolean {
  return is_mine;
}

interface Row {
  id: string;
  name: string;
  category: string;
  description: string;
  max: number;
  autoRecording: boolean;
  editor: readonly Permission[];
  commenter: readonly Permission[];
  viewer: readonly Permission[];
  labels: readonly [owner: string, editor: string, commenter: string, viewer: string];
  defaultRole?: Exclude<Role, 'owner'>;
  cleanupDays?: number;
  accessMode?: AccessMode;
  isActivityPrivate?: boolean;
}

const readCommentChat = ['read', 'comment', 'chat'] as const;
const readEditCommentChat = ['read', 'edit', 'comment', 'chat'] as const;
const recordToo = [...readEditCommentChat, 'record'] as const;

/** The table of product.md, row by row. */
const rows: readonly Row[] = [
  {
    id: 'band-practice',
    name: 'Band Practice',
    category: 'rehearsal',
    description: 'The regular rehearsal of a band.',
    max: 8,
    autoRecording: true,
    editor: recordToo,
    commenter: readCommentChat,
    viewer: ['read', 'chat'],
    labels: ['Band leader', 'Player', 'Guest', 'Listener'],
    cleanupDays: 30,
  },
  {
    id: 'music-lesson',
    name: 'Music Lesson',
    category: 'lesson',
    description: 'A teacher with students, parents listening in.',
    max: 5,
    autoRecording: true,
    editor: readEditCommentChat,
    commenter: readCommentChat,
    viewer: ['read'],
    labels: ['Teacher', 'Student', 'Parent', 'Listener'],
    defaultRole: 'viewer',
  },
  {
    id: 'jam-session',
    name: 'Jam Session',
    category: 'jamming',
    description: 'Whoever comes by plays along.',
    max: 12,
    autoRecording: false,
    editor: [...readEditCommentChat, 'add_participants', 'record'],
    commenter: readCommentChat,
    viewer: ['read', 'chat'],
    labels: ['Host', 'Jammer', 'Guest', 'Listener'],
  },
  {
    id: 'song-arrangement',
    name: 'Song Arrangement',
    category: 'arrangement',
    description: 'Work out one arrangement together.',
    max: 6,
    autoRecording: true,
    editor: recordToo,
    commenter: readCommentChat,
    viewer: ['read', 'chat'],
    labels: ['Arranger', 'Co-writer', 'Reviewer', 'Reader'],
  },
  {
    id: 'quick-review',
    name: 'Quick Review',
    category: 'review',
    description: 'Show a chart and gather comments.',
    max: 4,
    autoRecording: false,
    editor: readCommentChat,
    commenter: readCommentChat,
    viewer: ['read'],
    labels: ['Author', 'Reviewer', 'Reviewer', 'Reader'],
    defaultRole: 'commenter',
  },
  {
    id: 'coaching',
    name: 'Coaching',
    category: 'coaching',
    description: 'Work closely with a singer or a player.',
    max: 4,
    autoRecording: true,
    editor: readEditCommentChat,
    commenter: readCommentChat,
    viewer: ['read'],
    labels: ['Coach', 'Coachee', 'Observer', 'Observer'],
  },
  {
    id: 'music-therapy',
    name: 'Music Therapy',
    category: 'therapy',
    description: 'A private session of therapist and client.',
    max: 3,
    autoRecording: false,
    editor: readEditCommentChat,
    commenter: readCommentChat,
    viewer: ['read'],
    labels: ['Therapist', 'Client', 'Supervisor', 'Observer'],
    accessMode: 'invite-only',
    isActivityPrivate: true,
  },
];

function toTemplate(row: Row): Template {
  const table: PermissionTable = { editor: [...row.editor], commenter: [...row.commenter], viewer: [...row.viewer] };
  const [owner, editor, commenter, viewer] = row.labels;
  return {
    id: row.id,
    name: row.name,
    category: row.category,
    description: row.description,
    max_participants: row.max,
    auto_recording: row.autoRecording,
    access_mode: row.accessMode ?? 'link-access',
    default_role: row.defaultRole ?? 'editor',
    permissions: table,
    role_labels: { owner, editor, commenter, viewer },
    auto_cleanup_after: (row.cleanupDays ?? 7) * daySeconds,
    archive_after: 30 * daySeconds,
    is_built_in: true,
    is_activity_private: row.isActivityPrivate ?? false,
  };
}

export const builtInTemplates: readonly Template[] = rows.map(toTemplate);
export const defaultTemplateId = 'band-practice';
