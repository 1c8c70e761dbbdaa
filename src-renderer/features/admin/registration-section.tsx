import { Radio, Stack } from '@mantine/core';
import type { ReactElement } from 'react';
import { registrationSchema, type Registration } from '../../../shared/api/server.ts';
import { toFault } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { useChangeSettings, type ShownSettings } from './use-server-settings.ts';

const words = en.admin.registration;
const values = registrationSchema.options;

/** Who may make an account. It holds as soon as it is chosen. */
export function RegistrationSection({ settings }: { settings: ShownSettings }): ReactElement {
  const change = useChangeSettings(({ registration }) => words.done[registration]);
  const widest = values.indexOf(settings.widest_registration);
  const choose = (value: string): void => {
    const parsed = registrationSchema.safeParse(value);
    if (parsed.success) change.mutate({ registration: parsed.data });
  };
  return (
    <div className="settings-stack">
      <Radio.Group
        label={words.label}
        value={change.isPending ? (change.variables.registration ?? settings.registration) : settings.registration}
        onChange={choose}
      >
        <Stack gap={8} mt={8}>
          {values.map((value: Registration, at) => (
            <Radio key={value} value={value} label={words.values[value]} disabled={at < widest} />
          ))}
        </Stack>
      </Radio.Group>
      {widest > 0 && <p className="cm-small cm-muted">{words.widest(words.values[settings.widest_registration])}</p>}
      {change.isError && <FaultNotice fault={toFault(change.error)} />}
    </div>
  );
}
