import { NativeSelect, Switch, TextInput, Textarea } from '@mantine/core';
import { useId, type ReactElement, type ReactNode } from 'react';
import { roles } from '../../../shared/session/roles.ts';
import { accessModes, accessModeSchema, builtInTemplates } from '../../../shared/session/templates.ts';
import { en } from '../../text/en.ts';
import { SpanField } from '../../ui/span-field.tsx';
import { PermissionTable } from '../permissions/permission-table.tsx';
import { memberRoles } from '../permissions/with-permission.ts';
import type { DraftProblems, TemplateDraft } from './template-draft.ts';

const words = en.templates.editor;
const knownCategories = [...new Set(builtInTemplates.map(({ category }) => category))];

export interface FieldsProps {
  draft: TemplateDraft;
  problems: DraftProblems;
  /** Absent: it is only looked at. */
  onChange?: ((change: Partial<TemplateDraft>) => void) | undefined;
}

function Fields({ title, children }: { title: string; children: ReactNode }): ReactElement {
  return (
    <fieldset className="template-fields">
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}

export function AboutFields({ draft, problems, onChange }: FieldsProps): ReactElement {
  const listId = useId();
  return (
    <Fields title={words.about}>
      <TextInput
        label={words.name}
        value={draft.name}
        maxLength={80}
        onChange={(event) => onChange?.({ name: event.currentTarget.value })}
        error={problems.name}
      />
      <TextInput
        label={words.category}
        description={words.categoryHint}
        value={draft.category}
        maxLength={40}
        list={listId}
        onChange={(event) => onChange?.({ category: event.currentTarget.value })}
        error={problems.category}
      />
      <datalist id={listId}>
        {knownCategories.map((category) => (
          <option key={category} value={category}>
            {category}
          </option>
        ))}
      </datalist>
      <Textarea
        label={words.description}
        value={draft.description}
        maxLength={2_000}
        autosize
        minRows={2}
        onChange={(event) => onChange?.({ description: event.currentTarget.value })}
      />
      <Switch
        label={words.isShared}
        checked={draft.is_shared}
        onChange={(event) => onChange?.({ is_shared: event.currentTarget.checked })}
      />
    </Fields>
  );
}

export function RoleFields({ draft, problems, onChange }: FieldsProps): ReactElement {
  return (
    <>
      <Fields title={words.words}>
        <p className="cm-muted">{words.wordsLead}</p>
        <div className="template-pairs">
          {roles.map((role) => (
            <TextInput
              key={role}
              label={words.roleWord[role]}
              value={draft.role_labels[role]}
              maxLength={60}
              onChange={(event) => onChange?.({ role_labels: { ...draft.role_labels, [role]: event.currentTarget.value } })}
              error={problems[role]}
            />
          ))}
        </div>
      </Fields>
      <Fields title={en.permissionTable.title}>
        <PermissionTable
          table={draft.permissions}
          labels={draft.role_labels}
          onChange={onChange && ((permissions) => onChange({ permissions }))}
        />
      </Fields>
    </>
  );
}

export function CourseFields({ draft, problems, onChange }: FieldsProps): ReactElement {
  return (
    <>
      <Fields title={words.coming}>
        <NativeSelect
          label={words.access}
          value={draft.access_mode}
          onChange={(event) => onChange?.({ access_mode: accessModeSchema.parse(event.currentTarget.value) })}
          data={accessModes.map((value) => ({ value, label: en.create.accessModes[value] }))}
        />
        <div className="template-pairs">
          <NativeSelect
            label={words.defaultRole}
            value={draft.default_role}
            onChange={(event) => {
              const role = memberRoles.find((each) => each === event.currentTarget.value);
              if (role !== undefined) onChange?.({ default_role: role });
            }}
            data={memberRoles.map((role) => ({ value: role, label: draft.role_labels[role] }))}
          />
          <TextInput
            label={words.seats}
            description={words.seatsHint}
            value={draft.seats}
            maxLength={3}
            inputMode="numeric"
            onChange={(event) => onChange?.({ seats: event.currentTarget.value })}
            error={problems.seats}
          />
        </div>
      </Fields>
      <Fields title={words.time}>
        <SpanField
          label={words.autoCleanup}
          hint={words.autoCleanupHint}
          span={draft.cleanup}
          error={problems.cleanup}
          onChange={(cleanup) => onChange?.({ cleanup })}
        />
        <SpanField
          label={words.archive}
          hint={words.archiveHint}
          span={draft.archive}
          error={problems.archive}
          onChange={(archive) => onChange?.({ archive })}
        />
      </Fields>
      <Fields title={words.privacy}>
        <Switch
          label={words.isActivityPrivate}
          checked={draft.is_activity_private}
          onChange={(event) => onChange?.({ is_activity_private: event.currentTarget.checked })}
        />
        <Switch
          label={words.autoRecording}
          description={words.autoRecordingHint}
          checked={draft.auto_recording}
          onChange={(event) => onChange?.({ auto_recording: event.currentTarget.checked })}
        />
      </Fields>
    </>
  );
}
