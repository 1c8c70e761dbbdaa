import { Button, NativeSelect, TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import { activityTypes, activityTypeSchema } from '../../../shared/session/history-schemas.ts';
import type { Participant } from '../../../shared/session/schemas.ts';
import { en } from '../../text/en.ts';
import { noFilter, type ActivityFilter } from './use-activities.ts';

const words = en.activity;

interface ActivityFiltersProps {
  filter: ActivityFilter;
  people: readonly Participant[];
  onChange: (filter: ActivityFilter) => void;
}

/** What, who, until when. */
export function ActivityFilters({ filter, people, onChange }: ActivityFiltersProps): ReactElement {
  const isFiltered = filter.type !== null || filter.actor !== null || filter.until !== null;
  return (
    <div className="activity-filters">
      <NativeSelect
        label={words.type}
        value={filter.type ?? ''}
        data={[{ value: '', label: words.all }, ...activityTypes.map((type) => ({ value: type, label: words.events[type].name }))]}
        onChange={({ currentTarget: { value } }) => {
          const type = activityTypeSchema.safeParse(value);
          onChange({ ...filter, type: type.success ? type.data : null });
        }}
      />
      <NativeSelect
        label={words.actor}
        value={filter.actor ?? ''}
        data={[{ value: '', label: words.anybody }, ...people.map(({ user_id, name }) => ({ value: user_id, label: name }))]}
        onChange={({ currentTarget: { value } }) => onChange({ ...filter, actor: value === '' ? null : value })}
      />
      <TextInput
        type="date"
        label={words.until}
        value={filter.until ?? ''}
        onChange={({ currentTarget: { value } }) => onChange({ ...filter, until: value === '' ? null : value })}
      />
      {isFiltered && (
        <Button variant="subtle" onClick={() => onChange(noFilter)}>
          {words.clear}
        </Button>
      )}
    </div>
  );
}
