import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent, type ReactElement } from 'react';
import { toFault } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { SpanField } from '../../ui/span-field.tsx';
import type { Span } from '../../ui/time-span.ts';
import { limitsDraftOf, readLimits, type LimitsDraft, type LimitsField } from './limits-draft.ts';
import { useChangeSettings, type ShownSettings } from './use-server-settings.ts';

const words = en.admin.limits;
const mostUsers = '1 000 000';
const mostSessions = '100 000';

interface RangeProps {
  title: string;
  error: string | null;
  min: Span;
  max: Span;
  onMin: (span: Span) => void;
  onMax: (span: Span) => void;
}

function Range({ title, error, min, max, onMin, onMax }: RangeProps): ReactElement {
  const fields = [
    { label: words.least, value: min, set: onMin },
    { label: words.most, value: max, set: onMax },
  ];
  return (
    <fieldset className="admin-range">
      <legend>{title}</legend>
      <div className="admin-pair">
        {fields.map(({ label, value, set }) => (
          <SpanField key={label} label={label} span={value} onChange={set} error={error !== null} />
        ))}
      </div>
      {error !== null && (
        <p role="alert" className="cm-small admin-bad">
          {error}
        </p>
      )}
    </fieldset>
  );
}

/** How many, and how long: within it people decide for themselves. */
export function LimitsSection({ settings }: { settings: ShownSettings }): ReactElement {
  const [draft, setDraft] = useState(() => limitsDraftOf(settings));
  const [wrong, setWrong] = useState<readonly LimitsField[]>([]);
  const change = useChangeSettings(() => words.done);
  const set = (part: Partial<LimitsDraft>): void => {
    setDraft({ ...draft, ...part });
    setWrong([]);
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    const read = readLimits(draft);
    setWrong(read.wrong ?? []);
    if (read.limits !== null) change.mutate(read.limits);
  };
  const rangeError = (field: LimitsField): string | null => (wrong.includes(field) ? words.badRange : null);
  return (
    <form onSubmit={onSubmit} noValidate className="settings-stack">
      <p className="cm-muted">{words.lead}</p>
      <div className="admin-pair">
        <TextInput
          label={words.maxUsers}
          description={words.noLimit}
          value={draft.max_users}
          inputMode="numeric"
          maxLength={7}
          onChange={(event) => set({ max_users: event.currentTarget.value })}
          error={wrong.includes('max_users') ? words.badNumber(mostUsers) : null}
        />
        <TextInput
          label={words.maxSessions}
          description={words.noLimit}
          value={draft.max_sessions_per_user}
          inputMode="numeric"
          maxLength={6}
          onChange={(event) => set({ max_sessions_per_user: event.currentTarget.value })}
          error={wrong.includes('max_sessions_per_user') ? words.badNumber(mostSessions) : null}
        />
      </div>
      <Range
        title={words.cleanup}
        error={rangeError('auto_cleanup_after')}
        min={draft.cleanup_min}
        max={draft.cleanup_max}
        onMin={(cleanup_min) => set({ cleanup_min })}
        onMax={(cleanup_max) => set({ cleanup_max })}
      />
      <Range
        title={words.archive}
        error={rangeError('archive_after')}
        min={draft.archive_min}
        max={draft.archive_max}
        onMin={(archive_min) => set({ archive_min })}
        onMax={(archive_max) => set({ archive_max })}
      />
      {change.isError && <FaultNotice fault={toFault(change.error)} />}
      <div>
        <Button type="submit" variant="default" loading={change.isPending}>
          {en.admin.save}
        </Button>
      </div>
    </form>
  );
}
