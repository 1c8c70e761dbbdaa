import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { useBridge } from '../../app/parts.tsx';
import { keys, toFault } from '../../app/queries.ts';
import { request } from '../../app/request.ts';
import { en } from '../../text/en.ts';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { When } from '../../ui/when.tsx';
import { serverWarnings } from './server-warnings.ts';
import { durationWords, sizeWords } from './sizes.ts';

const words = en.admin.health;
/** Often enough to see an evening begin, seldom enough to cost nothing. */
const everyMs = 15_000;

function Fact({ name, children }: { name: string; children: ReactNode }): ReactElement {
  return (
    <div>
      <dt className="cm-small cm-muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The figures of the server in words, with what should be looked after first. */
export function ServerHealth(): ReactElement {
  const bridge = useBridge();
  const status = useQuery({
    queryKey: [...keys.admin, 'status'],
    queryFn: () => request(bridge, 'serverStatus', {}),
    refetchInterval: everyMs,
  });
  const stats = useQuery({
    queryKey: [...keys.admin, 'stats'],
    queryFn: () => request(bridge, 'serverStats', {}),
    refetchInterval: everyMs,
  });
  const failed = status.error ?? stats.error;
  const again = (): void => {
    void status.refetch();
    void stats.refetch();
  };
  if (failed !== null) return <FaultNotice fault={toFault(failed)} onRetry={again} />;
  if (status.data === undefined || stats.data === undefined) return <p className="cm-muted">…</p>;
  const { data: now } = status;
  const { data: sums } = stats;
  const warnings = serverWarnings(now);
  const open = sums.sessions_by_status.active ?? 0;
  return (
    <div className="settings-stack">
      {warnings.length === 0 ? (
        <output className="admin-verdict admin-good">
          <CircleCheck size={18} aria-hidden="true" /> {words.good}
        </output>
      ) : (
        <ul className="admin-warnings" aria-live="polite">
          {warnings.map((warning) => (
            <li key={warning} className="admin-verdict admin-warning">
              <TriangleAlert size={18} aria-hidden="true" /> {warning}
            </li>
          ))}
        </ul>
      )}
      <dl className="card admin-facts">
        <Fact name={words.people}>
          {words.connected(now.sockets.events)}
          <span className="cm-small cm-muted">{words.inSessions(now.sockets.ledger)}</span>
        </Fact>
        <Fact name={words.users}>{String(sums.users_total)}</Fact>
        <Fact name={words.sessions}>{words.sessionsOf(sums.sessions_total, open)}</Fact>
        <Fact name={words.lastDay}>{words.deeds(sums.activities_last_day)}</Fact>
        <Fact name={words.memory}>{sizeWords(now.memory_bytes)}</Fact>
        <Fact name={words.database}>{sizeWords(now.database_bytes)}</Fact>
        <Fact name={words.disk}>{sizeWords(now.free_disk_bytes)}</Fact>
        <Fact name={words.answers}>
          {words.answered(now.answers.total.toLocaleString('en'), durationWords(now.answers.average_seconds))}
        </Fact>
        <Fact name={words.failed}>{now.answers.failed === 0 ? words.noneFailed : String(now.answers.failed)}</Fact>
        <Fact name={words.running}>
          <When at={now.started_at} />
        </Fact>
        <Fact name={words.version}>{now.version}</Fact>
      </dl>
      <p className="cm-small cm-muted">{now.public_url === '' ? words.noAddress : `${words.address}: ${now.public_url}`}</p>
      <div>
        <Button variant="default" size="xs" loading={status.isFetching} onClick={again}>
          {words.checkAgain}
        </Button>
      </div>
    </div>
  );
}
