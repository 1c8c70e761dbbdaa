import { NativeSelect, TextInput } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import type { SessionPlan } from '../../../shared/ipc/outbox.ts';
import { accessModeSchema, accessModes } from '../../../shared/session/templates.ts';
import { en } from '../../text/en.ts';
import { useTemplates } from '../templates/use-templates.ts';

interface PlanFieldsProps {
  plan: Pick<SessionPlan, 'name' | 'template_id' | 'access_mode'>;
  onChange: (change: Partial<SessionPlan>) => void;
}

/** Name, template and access of a session that is not made yet; the name counts when the field is left. */
export function PlanFields({ plan, onChange }: PlanFieldsProps): ReactElement {
  const templates = useTemplates();
  const [typed, setTyped] = useState<string | null>(null);
  const isMissing = typed !== null && typed.trim() === '';
  // One of the person's own may not be known without the server: it stays chosen.
  const isListed = templates.some(({ id }) => id === plan.template_id);
  return (
    <>
      <TextInput
        label={en.create.name}
        value={typed ?? plan.name}
        maxLength={255}
        error={isMissing ? en.create.needName : null}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => {
          if (typed === null || isMissing) return;
          if (typed.trim() !== plan.name) onChange({ name: typed.trim() });
          setTyped(null);
        }}
      />
      <NativeSelect
        label={en.create.template}
        value={plan.template_id}
        data={[
          ...(isListed ? [] : [{ value: plan.template_id, label: en.outbox.prepared.ownTemplate }]),
          ...templates.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={({ currentTarget: { value } }) => {
          const template = templates.find(({ id }) => id === value);
          if (template !== undefined) onChange({ template_id: template.id, access_mode: template.access_mode });
        }}
      />
      <NativeSelect
        label={en.create.access}
        value={plan.access_mode}
        data={accessModes.map((value) => ({ value, label: en.create.accessModes[value] }))}
        onChange={(event) => onChange({ access_mode: accessModeSchema.parse(event.currentTarget.value) })}
      />
    </>
  );
}
