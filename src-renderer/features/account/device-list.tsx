import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Laptop, MonitorX } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Device } from '../../../shared/api/auth.ts';
import { fromHex } from '../../../shared/base/ids.ts';
import { useBridge } from '../../app/parts.tsx';
import { keys, toFault, useAppState } from '../../app/queries.ts';
import { request } from '../../app/request.ts';
import { findDeviceId } from '../../session/device-key.ts';
import { en } from '../../text/en.ts';
import { confirm } from '../../ui/confirm.tsx';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { sayDone, sayFault } from '../../ui/notices.tsx';
import { When } from '../../ui/when.tsx';
import { sortDevices } from './sort-devices.ts';

const words = en.devices;

/** The device that this browser is; null while it has not been in a session. */
function useThisDevice(): string | null {
  const state = useAppState().data;
  const authorityKey = state?.server?.authority_key ?? null;
  const userId = state?.account?.id ?? null;
  const found = useQuery({
    queryKey: ['this-device', authorityKey, userId],
    enabled: authorityKey !== null && userId !== null,
    queryFn: () => findDeviceId(indexedDB, fromHex(authorityKey ?? ''), userId ?? ''),
  });
  return found.data ?? null;
}

function DeviceRow({ device, isThis, onRevoke }: { device: Device; isThis: boolean; onRevoke: () => void }): ReactElement {
  return (
    <li className="device-row">
      <Laptop size={20} aria-hidden="true" />
      <div className="cm-grow">
        <p className="cm-ellipsis">
          <strong>{device.name}</strong> {isThis && <span className="status-mark status-mark-active">{words.this}</span>}
        </p>
        <p className="cm-small cm-muted">
          {words.added} <When at={device.created_at} />
          {' · '}
          {device.last_seen_at === null ? (
            words.neverSeen
          ) : (
            <>
              {words.seen} <When at={device.last_seen_at} />
            </>
          )}
        </p>
      </div>
      {isThis ? (
        <span className="cm-small cm-muted">{words.thisHint}</span>
      ) : (
        <Button variant="default" size="xs" aria-label={words.revokeNamed(device.name)} onClick={onRevoke}>
          {words.revoke}
        </Button>
      )}
    </li>
  );
}

/** The devices that write in this person's name, and the way to end one. */
export function DeviceList(): ReactElement {
  const bridge = useBridge();
  const client = useQueryClient();
  const thisDevice = useThisDevice();
  const account = useAppState().data?.account ?? null;
  const key = [...keys.devices, account?.id];
  const answer = useQuery({ queryKey: key, queryFn: async () => (await request(bridge, 'listDevices', {})).items });
  const revoke = useMutation({
    mutationFn: (device: Device) => request(bridge, 'revokeDevice', { device_id: device.device_id }),
    onSuccess: async (_answer, { name }) => {
      sayDone(words.revoked(name));
      await client.invalidateQueries({ queryKey: keys.devices });
    },
    onError: (error) => sayFault(toFault(error)),
  });
  if (answer.isError) return <FaultNotice fault={toFault(answer.error)} onRetry={() => void answer.refetch()} />;
  const { present, revoked } = sortDevices(answer.data ?? [], thisDevice);
  return (
    <div className="settings-stack">
      <p className="cm-muted">{words.lead}</p>
      <section className="card" aria-label={words.list}>
        {present.length === 0 && <p className="device-row cm-muted">{words.empty}</p>}
        <ul>
          {present.map((device) => (
            <DeviceRow
              key={device.device_id}
              device={device}
              isThis={device.device_id === thisDevice}
              onRevoke={() =>
                confirm({
                  title: words.revokeNamed(device.name),
                  words: words.confirm(device.name),
                  confirm: words.revoke,
                  isGrave: true,
                  onConfirm: () => revoke.mutate(device),
                })
              }
            />
          ))}
        </ul>
        {revoked.length > 0 && (
          <details className="device-more">
            <summary>{words.revokedOnes(revoked.length)}</summary>
            <ul>
              {revoked.map((device) => (
                <li key={device.device_id} className="device-row device-gone">
                  <MonitorX size={20} aria-hidden="true" />
                  <span className="cm-grow cm-ellipsis">{device.name}</span>
                  <span className="cm-small">
                    {words.revokedMark} <When at={device.revoked_at ?? device.created_at} />
                  </span>
                </li>
              ))}
            </ul>
          </details>
        )}
      </section>
    </div>
  );
}
