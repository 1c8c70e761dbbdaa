import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { ask } from '../../app/ask.ts';
import { useBridge } from '../../app/parts.tsx';
import { keys, toFault, useAppState } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { sayDone } from '../../ui/notices.tsx';
import { NearbyServers } from './nearby-servers.tsx';
import { AddressForm } from './address-form.tsx';

/** Which authority the app talks to: a band's, or the one in this very app. */
export function ServerSettings(): ReactElement {
  const bridge = useBridge();
  const client = useQueryClient();
  const server = useAppState().data?.server ?? null;
  const choose = useMutation({
    /** Null: the embedded one. */
    mutationFn: (url: string | null) => (url === null ? ask(bridge, 'server.host_here', {}) : ask(bridge, 'server.choose', { url })),
    onSuccess: async (next) => {
      client.setQueryData(keys.appState, next);
      sayDone(en.settings.switched(next.server === null || next.server.is_embedded ? en.settings.thisComputer : next.server.url));
      await client.invalidateQueries({ queryKey: ['sessions'] });
    },
  });
  return (
    <div className="settings-stack">
      <p className="cm-muted">{en.settings.serverLead}</p>
      <p className="card settings-server">
        {server === null ? (
          en.settings.none
        ) : (
          <>
            <span className={server.is_reachable ? 'dot dot-good' : 'dot'} aria-hidden="true" />
            <span className="cm-grow cm-ellipsis">
              <strong>{server.is_embedded ? en.settings.thisComputer : (server.description?.name ?? server.url)}</strong>{' '}
              <span className="cm-muted">{server.url}</span>
            </span>
            <span className="cm-muted">{server.is_reachable ? en.settings.reachable : en.settings.notReachable}</span>
          </>
        )}
      </p>
      <p>
        <Link to="/waiting" className="text-link">
          {en.outbox.show}
        </Link>
      </p>
      <AddressForm
        label={en.settings.address}
        hint={en.settings.addressHint}
        submit={en.settings.use}
        isPending={choose.isPending}
        onAddress={choose.mutateAsync}
      />
      <NearbyServers />
      {server?.is_embedded !== true && (
        <div>
          <Button variant="default" loading={choose.isPending} onClick={() => choose.mutate(null)}>
            {en.settings.hostHere}
          </Button>
        </div>
      )}
      {choose.isError && <FaultNotice fault={toFault(choose.error)} />}
    </div>
  );
}
