import { Button, NativeSelect, Switch, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactElement } from 'react';
import { givenRoleSchema } from '../../../shared/session/invitation-schemas.ts';
import { isOwner } from '../../../shared/session/people-policy.ts';
import type { Session } from '../../../shared/session/schemas.ts';
import { accessModes, accessModeSchema } from '../../../shared/session/templates.ts';
import { keys, toFault } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { sayDone } from '../../ui/notices.tsx';
import { standingOf } from '../session/session-rights.ts';
import { useSend } from '../outbox/use-outbox.ts';
import { PermissionTable } from '../permissions/permission-table.tsx';
import { SettingsSection } from './settings-section.tsx';
import { changeOf, problemsOf, remaining, valuesOf, type SettingsProblem, type SettingsValues } from './settings-values.ts';

const words = en.sessionSettings;

/** All settings of a session in one form: only what was changed is saved, and what others change meanwhile is followed. */
export function SettingsForm({ session }: { session: Session }): ReactElement {
  const send = useSend();
  const client = useQueryClient();
  const [edits, setEdits] = useState<Partial<SettingsValues>>({});
  const [problems, setProblems] = useState<ReadonlySet<SettingsProblem>>(new Set());
  const now = valuesOf(session);
  const changed = remaining(edits, now);
  const values = { ...now, ...edits };
  const isLeader = isOwner(standingOf(session));
  const isNarrower = accessModes.indexOf(values.access_mode) < accessModes.indexOf(session.access_mode);
  const save = useMutation({
    mutationFn: () => send('updateSession', { id: session.id, ...changeOf(changed) }, changed.name ?? ''),
    onSuccess: async (sent) => {
      setEdits({});
      if (!sent.isDone) return;
      client.setQueryData(keys.session(session.id), sent.output);
      sayDone(words.saved);
      await client.invalidateQueries({ queryKey: ['sessions'] });
    },
  });
  const set = (change: Partial<SettingsValues>): void => {
    setEdits({ ...edits, ...change });
    setProblems(new Set());
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    const found = problemsOf(values);
    setProblems(found);
    if (found.size === 0) save.mutate();
  };
  const problem = (name: SettingsProblem, text: string): string | null => (problems.has(name) ? text : null);
  return (
    <form onSubmit={onSubmit} noValidate>
      <SettingsSection title={words.about}>
        <TextInput
          label={words.name}
          value={values.name}
          maxLength={255}
          error={problem('name', words.needName)}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <Textarea
          label={words.description}
          placeholder={words.descriptionHint}
          value={values.description}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={2_000}
          onChange={(event) => set({ description: event.currentTarget.value })}
        />
      </SettingsSection>
      <SettingsSection title={words.people}>
        <NativeSelect
          label={words.access}
          description={isNarrower ? words.narrower : undefined}
          value={values.access_mode}
          data={accessModes.map((value) => ({ value, label: en.create.accessModes[value] }))}
          onChange={(event) => set({ access_mode: accessModeSchema.parse(event.currentTarget.value) })}
        />
        <NativeSelect
          label={words.defaultRole}
          value={values.default_role}
          data={givenRoleSchema.options.map((value) => ({ value, label: session.role_labels[value] }))}
          onChange={(event) => set({ default_role: givenRoleSchema.parse(event.currentTarget.value) })}
        />
        <TextInput
          label={words.seats}
          description={words.seatsHint(session.participant_count)}
          value={values.max_participants}
          inputMode="numeric"
          maxLength={2}
          error={problem('max_participants', words.badSeats)}
          onChange={(event) => set({ max_participants: event.currentTarget.value })}
        />
      </SettingsSection>
      <SettingsSection title={words.rest}>
        <TextInput
          label={words.cleanup}
          description={words.cleanupHint}
          value={values.cleanup_days}
          inputMode="decimal"
          maxLength={8}
          error={problem('cleanup_days', words.badDays)}
          onChange={(event) => set({ cleanup_days: event.currentTarget.value })}
        />
        <TextInput
          label={words.archive}
          description={words.archiveHint}
          value={values.archive_days}
          inputMode="decimal"
          maxLength={8}
          error={problem('archive_days', words.badDays)}
          onChange={(event) => set({ archive_days: event.currentTarget.value })}
        />
      </SettingsSection>
      <SettingsSection title={en.recordings.title}>
        <Switch
          label={en.recordings.auto}
          description={en.recordings.autoHint}
          checked={values.auto_recording}
          onChange={({ currentTarget }) => set({ auto_recording: currentTarget.checked })}
        />
        {isLeader && (
          <Switch
            label={en.recordings.open}
            checked={values.has_open_recordings}
            onChange={({ currentTarget }) => set({ has_open_recordings: currentTarget.checked })}
          />
        )}
      </SettingsSection>
      {isLeader && (
        <SettingsSection title={words.privacy}>
          <Switch
            label={words.privateActivity}
            description={words.privateHint}
            checked={values.is_activity_private}
            onChange={({ currentTarget }) => set({ is_activity_private: currentTarget.checked })}
          />
        </SettingsSection>
      )}
      <SettingsSection title={en.permissionTable.title}>
        <p className="cm-muted">{isLeader ? words.tableLead(session.role_labels.owner) : words.tableReader(session.role_labels.owner)}</p>
        <PermissionTable
          table={values.permission_table}
          labels={session.role_labels}
          onChange={isLeader ? (table) => set({ permission_table: table }) : undefined}
        />
      </SettingsSection>
      {save.isError && <FaultNotice fault={toFault(save.error)} />}
      {Object.keys(changed).length > 0 && (
        <div className="settings-save">
          <output className="cm-grow">{words.unsaved}</output>
          <Button variant="subtle" color="gray" onClick={() => setEdits({})}>
            {words.revert}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {words.save}
          </Button>
        </div>
      )}
    </form>
  );
}
