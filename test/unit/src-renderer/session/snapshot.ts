import { builtInTemplates } from '../../../../shared/session/templates.ts';
import { sessionSchema, type Session } from '../../../../shared/session/schemas.ts';
import type { LiveSnapshot } from '../../../../src-renderer/session/live-session.ts';

const at = '2026-11-20T19:00:00.000Z';

/** An open session as the server tells it to its owner. */
export function sessionOf(templateId: string, changes: Partial<Session> = {}): Session {
  const template = builtInTemplates.find((each) => each.id === templateId);
  if (template === undefined) throw new Error(`no template ${templateId}`);
  return sessionSchema.parse({
    id: '01934567-89ab-7def-8123-456789abcdef',
    name: 'Friday rehearsal',
    description: '',
    status: 'active',
    access_mode: template.access_mode,
    category: template.category,
    template_id: template.id,
    max_participants: template.max_participants,
    participant_count: 1,
    is_recording: false,
    auto_recording: false,
    has_open_recordings: false,
    role: 'owner',
    permissions: ['read', 'edit', 'chat', 'manage_session'],
    role_label: template.role_labels.owner,
    role_labels: template.role_labels,
    permission_table: template.permissions,
    default_role: template.default_role,
    is_activity_private: template.is_activity_private,
    is_dormant: false,
    song: null,
    join_code: null,
    created_at: at,
    starts_at: null,
    started_at: at,
    ended_at: null,
    last_activity_at: at,
    auto_cleanup_after: template.auto_cleanup_after,
    archive_after: template.archive_after,
    epoch: 1,
    ...changes,
  });
}

export function snapshotOf(changes: Partial<LiveSnapshot>): LiveSnapshot {
  return {
    phase: 'ready',
    connection: { kind: 'alone' },
    status: 'active',
    role: 'owner',
    permissions: [],
    deviceState: 'listed',
    isDormant: false,
    people: [],
    setlist: [],
    chat: [],
    comments: [],
    marks: [],
    troubles: [],
    pendingCount: 0,
    draftCount: 0,
    draftWhy: null,
    unsaidCount: 0,
    unsaidWhy: null,
    isStoring: true,
    documentVersion: 0,
    ...changes,
  };
}
