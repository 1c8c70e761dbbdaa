import { Button, Skeleton } from '@mantine/core';
import { History } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { isOwner } from '../../../shared/session/people-policy.ts';
import type { Session } from '../../../shared/session/schemas.ts';
import { toFault } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { useParticipants } from '../people/use-people.ts';
import { standingOf } from '../session/session-rights.ts';
import { ActivityFilters } from './activity-filters.tsx';
import { ActivityRow } from './activity-row.tsx';
import './activity.css';
import { noFilter, useActivities, type ActivityFilter } from './use-activities.ts';

const words = en.activity;

/** `/session/:id/activity`: what happened, by whom and when; never what was written. */
export function ActivityPage({ session }: { session: Session }): ReactElement {
  const [filter, setFilter] = useState<ActivityFilter>(noFilter);
  const people = useParticipants(session.id).data ?? [];
  const activities = useActivities(session.id, filter);
  const rows = activities.data?.pages.flatMap(({ items }) => items) ?? [];
  const isFiltered = filter !== noFilter && Object.values(filter).some((value) => value !== null);
  const isHidden = session.is_activity_private && !isOwner(standingOf(session));
  return (
    <section className="around-stack" aria-label={words.list}>
      <ActivityFilters filter={filter} people={people} onChange={setFilter} />
      {isHidden && <p className="quiet-bar">{words.ownOnly(session.role_labels.owner)}</p>}
      {activities.isError && <FaultNotice fault={toFault(activities.error)} onRetry={() => void activities.refetch()} />}
      {activities.isPending && <Skeleton height={160} animate={false} />}
      {activities.isSuccess && rows.length === 0 && (
        <EmptyState
          icon={<History size={28} />}
          title={isFiltered ? words.emptyFilter : words.emptyTitle}
          {...(isFiltered ? {} : { body: words.emptyBody })}
        />
      )}
      {rows.length > 0 && (
        <ul className="card activity-rows" aria-label={words.list}>
          {rows.map((activity) => (
            <ActivityRow
              key={activity.id}
              session={session}
              activity={activity}
              color={people.find(({ user_id }) => user_id === activity.actor?.id)?.color}
            />
          ))}
        </ul>
      )}
      {activities.hasNextPage && (
        <div>
          <Button variant="default" loading={activities.isFetchingNextPage} onClick={() => void activities.fetchNextPage()}>
            {words.older}
          </Button>
        </div>
      )}
    </section>
  );
}
