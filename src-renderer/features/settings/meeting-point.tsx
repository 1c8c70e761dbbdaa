import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, type ReactElement } from 'react';
import { ask } from '../../app/ask.ts';
import { useBridge } from '../../app/parts.tsx';
import { toFault } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { AddressForm } from './address-form.tsx';

const key = ['relay'];
const words = en.settings.meeting;

/** Where the band meets while its server is out of reach: at this app, or at another one. */
export function MeetingPoint(): ReactElement {
  const bridge = useBridge();
  const client = useQueryClient();
  const { data } = useQuery({ queryKey: key, queryFn: () => ask(bridge, 'relay.state', {}) });
  useEffect(() => bridge.on('relay.changed', (state) => client.setQueryData(key, state)), [bridge, client]);
  const change = useMutation({
    mutationFn: (wish: { url: string | null }) => ask(bridge, 'relay.use', wish),
  });
  const url = data?.url ?? null;
  const isHost = data !== undefined && data.hosted_url !== null;
  return (
    <div className="settings-stack">
      <p className="cm-muted">{words.lead}</p>
      {isHost && <output className="card settings-server">{words.hosting}</output>}
      {!isHost && url !== null && (
        <p className="card settings-server">
          <span className="cm-grow cm-ellipsis">{words.meetingAt(url)}</span>
          <Button variant="subtle" size="compact-sm" onClick={() => change.mutate({ url: null })}>
            {words.forget}
          </Button>
        </p>
      )}
      {!isHost && (
        <AddressForm
          label={words.address}
          submit={words.use}
          isPending={change.isPending}
          onAddress={(url) => change.mutateAsync({ url })}
        />
      )}
      {change.isError && <FaultNotice fault={toFault(change.error)} />}
    </div>
  );
}
