import { Button, Progress } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { CleanupPlan } from '../../../shared/session/history-schemas.ts';
import { useBridge } from '../../app/parts.tsx';
import { keys, toFault } from '../../app/queries.ts';
import { request } from '../../app/request.ts';
import { en } from '../../text/en.ts';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { sayDone } from '../../ui/notices.tsx';
import { When } from '../../ui/when.tsx';

const words = en.admin.cleanup;
/** A run of a thousand sessions takes some seconds. */
const whileRunningMs = 600;

function sessionName({ name, leader }: CleanupPlan['due'][number]): string {
  return name ?? (leader === null ? words.nobodysSession : words.ofSomebody(leader.name));
}

/** What a run now would move, one by one. */
function Preview({ plan }: { plan: CleanupPlan }): ReactElement {
  const { due, due_total: total } = plan;
  if (total === 0) return <output className="quiet-bar">{words.nothing}</output>;
  return (
    <section className="card" aria-label={words.preview}>
      <p className="admin-person">
        <strong>{words.due(total)}</strong>
      </p>
      <ul>
        {due.map((session) => (
          <li key={session.session_id} className="admin-person">
            <div className="cm-grow">
              <p className="cm-ellipsis">{sessionName(session)}</p>
              <p className="cm-small cm-muted">
                {words.lastActivity} <When at={session.last_activity_at} />
              </p>
            </div>
            <span className="status-mark">{words.moves[session.move]}</span>
          </li>
        ))}
      </ul>
      {total > due.length && <p className="admin-person cm-muted">{words.andMore(total - due.length)}</p>}
    </section>
  );
}

function Running({ done, all }: { done: number; all: number }): ReactElement {
  const percent = all === 0 ? 100 : (done / all) * 100;
  return (
    <div className="admin-progress">
      <Progress value={percent} aria-label={words.progress} className="cm-grow" transitionDuration={0} />
      <output className="cm-small cm-muted">{words.running(done, all)}</output>
    </div>
  );
}

/** When cleanup runs, what it would do now, and a run by hand. */
export function CleanupSection(): ReactElement {
  const bridge = useBridge();
  const client = useQueryClient();
  const [isPreviewed, setPreviewed] = useState(false);
  const run = useMutation({
    mutationFn: () => request(bridge, 'cleanUp', {}),
    onSuccess: async ({ sessions_ended: ended, sessions_archived: archived }) => {
      setPreviewed(false);
      sayDone(words.done(ended, archived));
      await client.invalidateQueries({ queryKey: keys.admin });
      await client.invalidateQueries({ queryKey: ['sessions'] });
    },
  });
  const answer = useQuery({
    queryKey: [...keys.admin, 'cleanup'],
    queryFn: () => request(bridge, 'cleanupPlan', {}),
    refetchInterval: (query) => (run.isPending || (query.state.data?.running ?? null) !== null ? whileRunningMs : false),
  });
  if (answer.isError) return <FaultNotice fault={toFault(answer.error)} onRetry={() => void answer.refetch()} />;
  if (answer.data === undefined) return <p className="cm-muted">…</p>;
  const { data: plan } = answer;
  const last = plan.last_run;
  const preview = async (): Promise<void> => {
    await answer.refetch();
    setPreviewed(true);
  };
  return (
    <div className="settings-stack">
      <p className="cm-muted">{words.lead}</p>
      <dl className="card admin-facts">
        <div>
          <dt className="cm-small cm-muted">{words.next}</dt>
          <dd>
            <When at={plan.next_run_at} />
          </dd>
        </div>
        <div>
          <dt className="cm-small cm-muted">{words.last}</dt>
          <dd>
            {last === null ? (
              words.neverRun
            ) : (
              <>
                <When at={last.at} />: {words.result(last.report.sessions_ended, last.report.sessions_archived)}
              </>
            )}
          </dd>
        </div>
      </dl>
      {plan.running !== null && <Running {...plan.running} />}
      {isPreviewed && plan.running === null && <Preview plan={plan} />}
      {run.isError && <FaultNotice fault={toFault(run.error)} />}
      {(last?.report.errors.length ?? 0) > 0 && <p className="quiet-bar">{words.errors(last?.report.errors.length ?? 0)}</p>}
      <div className="admin-buttons">
        <Button variant="default" loading={answer.isFetching && !run.isPending} onClick={() => void preview()}>
          {words.preview}
        </Button>
        <Button variant={isPreviewed && plan.due_total > 0 ? 'filled' : 'default'} loading={run.isPending} onClick={() => run.mutate()}>
          {words.run}
        </Button>
      </div>
    </div>
  );
}
