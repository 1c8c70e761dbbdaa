import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useBridge } from '../../app/parts.tsx';
import { keys, toFault } from '../../app/queries.ts';
import { request } from '../../app/request.ts';
import { en } from '../../text/en.ts';
import { FaultNotice } from '../../ui/fault-notice.tsx';

const words = en.admin.mail;

/** Whether mail goes out, and a letter to oneself to see that it does. */
export function MailSection({ email }: { email: string | null }): ReactElement {
  const bridge = useBridge();
  const status = useQuery({ queryKey: [...keys.admin, 'status'], queryFn: () => request(bridge, 'serverStatus', {}) });
  const test = useMutation({ mutationFn: () => request(bridge, 'testMail', {}) });
  const from = status.data?.mail_from;
  if (from === undefined) return <p className="cm-muted">…</p>;
  if (from === null) {
    return (
      <div className="settings-stack">
        <p>{words.off}</p>
        <p className="cm-muted">{words.how}</p>
      </div>
    );
  }
  return (
    <div className="settings-stack">
      <p>{words.on(from)}</p>
      <div>
        <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
          {words.test}
        </Button>
      </div>
      {test.isSuccess && <output>{words.sent(email ?? '')}</output>}
      {test.isError && <FaultNotice fault={toFault(test.error)} />}
    </div>
  );
}
