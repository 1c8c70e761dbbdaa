import { permissions, permissionsOf, roles, type Role } from '../../../shared/session/roles.ts';
import type { TemplateValues } from '../../../shared/session/templates.ts';
import { en } from '../../text/en.ts';
import { spanWords } from '../../ui/time-span.ts';

export interface RoleStory {
  role: Role;
  label: string;
  /** What they may, in one line. */
  may: string;
  /** Who joins is this. */
  isNewcomer: boolean;
}

const words = en.templates.preview;

/** What each role may in a session of the template: by the same policy that authority, apps and interface ask later. */
export function roleStories({ permissions: table, role_labels, default_role }: TemplateValues): RoleStory[] {
  return roles.map((role) => {
    const may = permissionsOf(role, table);
    const says =
      may.length === permissions.length
        ? words.everything
        : may.includes('read')
          ? words.may(may.map((each) => en.templates.permissions[each]))
          : words.nothing;
    return { role, label: role_labels[role], may: says, isNewcomer: role === default_role };
  });
}

/** What a session of the template will be like, a sentence a matter. */
export function templateStory(values: TemplateValues): string[] {
  const { access_mode, role_labels, default_role, max_participants } = values;
  return [
    words.access[access_mode],
    words.arrives(role_labels[default_role], max_participants),
    values.auto_recording ? words.recording : words.noRecording,
    values.is_activity_private ? words.privateActivity(role_labels.owner) : words.openActivity,
    words.rest(spanWords(values.auto_cleanup_after), spanWords(values.archive_after)),
  ];
}
