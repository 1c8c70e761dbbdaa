import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type FormEvent, type ReactElement } from 'react';
import { ask } from '../../app/ask.ts';
import { useBridge } from '../../app/parts.tsx';
import { toFault } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { readServerAddress } from './server-address.ts';

const key = ['relay'];
const words = en.settings.meeting;

/** Where the band meets while its server is out of reach: at this app, or at another one. */
export function MeetingPoint(): ReactElement {
  const bridge = useBridge();
  const client = useQueryClient();
  const { data } = useQuery({ queryKey: key, queryFn: () => ask(bridge, 'relay.state', {}) });
  const [address, setAddress] = useState('');
  const [isBad, setBad] = useState(false);
  useEffect(() => bridge.on('relay.changed', (state) => client.setQueryData(key, state)), [bridge, client]);
  const change = useMutation({
    mutationFn: (wish: { url: string | null } | { is_on: boolean }) =>
      'is_on' in wish ? ask(bridge, 'relay.host', wish) : ask(bridge, 'relay.use', wish),
    onSuccess: () => setAddress(''),
  });
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    const url = readServerAddress(address);
    setBad(url === null);
    if (url !== null) change.mutate({ url });
  };
  const url = data?.url ?? null;
  const hostedUrl = data?.hosted_url ?? null;
  return (
    <div className="settings-stack">
      <p className="cm-muted">{words.lead}</p>
      {hostedUrl !== null && <output className="card settings-server">{words.hosting(hostedUrl)}</output>}
      {hostedUrl === null && url !== null && (
        <p className="card settings-server">
          <span className="cm-grow cm-ellipsis">{words.meetingAt(url)}</span>
          <Button variant="subtle" size="compact-sm" onClick={() => change.mutate({ url: null })}>
            {words.forget}
          </Button>
        </p>
      )}
      {hostedUrl === null && (
        <form onSubmit={onSubmit} noValidate className="settings-server-form">
          <TextInput
            className="cm-grow"
            label={words.address}
            value={address}
            maxLength={500}
            inputMode="url"
            spellCheck={false}
            onChange={(event) => {
              setAddress(event.currentTarget.value);
              setBad(false);
            }}
            error={isBad ? en.settings.addressBad : null}
          />
          <Button type="submit" variant="default" loading={change.isPending}>
            {words.use}
          </Button>
        </form>
      )}
      <div>
        <Button variant="default" loading={change.isPending} onClick={() => change.mutate({ is_on: hostedUrl === null })}>
          {hostedUrl === null ? words.host : words.stop}
        </Button>
      </div>
      {change.isError && <FaultNotice fault={toFault(change.error)} />}
    </div>
  );
}
