import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ChartColumn } from 'lucide-react';
import { useId, type ReactElement } from 'react';
import type { Session } from '../../../shared/session/schemas.ts';
import { keys, toFault } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { useSessionManagementService } from '../sessions/use-sessions.ts';
import { DaysChart } from './days-chart.tsx';
import { HealthView } from './health-view.tsx';
import { PeopleTable, SectionsTable, Totals } from './stats-tables.tsx';
import './stats.css';

const words = en.stats;
/** Nobody is told of each keystroke: numbers are looked at again while they are looked at. */
const againMs = 20_000;

/** `/session/:id/stats`: how alive it is, and how much of what was done by whom. */
export function StatsPage({ session }: { session: Session }): ReactElement {
  const service = useSessionManagementService();
  const headingId = useId();
  const { id } = session;
  const health = useQuery({
    queryKey: [...keys.numbers(id), 'health'],
    queryFn: () => service.getSessionHealth({ id }),
    refetchInterval: againMs,
  });
  const stats = useQuery({
    queryKey: [...keys.numbers(id), 'stats'],
    queryFn: () => service.getSessionStats({ id }),
    refetchInterval: againMs,
  });
  const documents = useQuery({
    queryKey: [...keys.numbers(id), 'songs'],
    queryFn: () => service.getDocuments({ id }),
    enabled: (stats.data?.sections.length ?? 0) > 0,
    staleTime: 60_000,
  });
  const titleOf = (songId: string): string => documents.data?.items.find(({ song_id }) => song_id === songId)?.title ?? '';
  const failed = [health, stats].find(({ isError }) => isError);
  return (
    <div className="around-stack">
      {failed !== undefined && (
        <FaultNotice
          fault={toFault(failed.error)}
          onRetry={() => {
            void health.refetch();
            void stats.refetch();
          }}
        />
      )}
      {health.isPending && <Skeleton height={200} animate={false} />}
      {health.data !== undefined && <HealthView health={health.data} />}
      {stats.data !== undefined && stats.data.entries === 0 && (
        <EmptyState icon={<ChartColumn size={28} />} title={words.emptyTitle} body={words.emptyBody} />
      )}
      {stats.data !== undefined && stats.data.entries > 0 && (
        <>
          <Totals stats={stats.data} />
          {stats.data.days.length > 0 && (
            <section className="card around-card" aria-labelledby={headingId}>
              <h2 className="card-title" id={headingId}>
                {words.days}
              </h2>
              <DaysChart days={stats.data.days} />
            </section>
          )}
          {stats.data.participants.length > 0 && <PeopleTable participants={stats.data.participants} />}
          {stats.data.sections.length > 0 && <SectionsTable sections={stats.data.sections} titleOf={titleOf} />}
        </>
      )}
    </div>
  );
}
