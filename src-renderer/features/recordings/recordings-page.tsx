import { Button, Skeleton, Switch } from '@mantine/core';
import { CassetteTape } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Session } from '../../../shared/session/schemas.ts';
import { toFault } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { labelsOfThoseWho } from '../session/session-rights.ts';
import { RecordControl } from './record-control.tsx';
import { RecordingRow } from './recording-row.tsx';
import './recordings.css';
import { useKeptRecordings, useMyRecordingChoice, useRecordings, useSetMyRecordingChoice } from './use-recordings.ts';

const words = en.recordings;

/** `/session/:id/recordings`: what was recorded, to be saved or deleted, and whether one's own pointing is part of it. */
export function RecordingsPage({ session }: { session: Session }): ReactElement {
  const recordings = useRecordings(session.id, session.is_recording);
  const choice = useMyRecordingChoice(session.id);
  const choose = useSetMyRecordingChoice(session.id);
  const kept = useKeptRecordings(session.id, recordings.isError);
  const rows = recordings.data?.pages.flatMap(({ items }) => items) ?? kept.data ?? [];
  return (
    <section className="around-stack" aria-label={words.list}>
      <div className="card recording-choice">
        <Switch
          label={words.choice.label}
          description={words.choice.hint}
          checked={choice.data?.is_left_out ?? false}
          disabled={!choice.isSuccess || choose.isPending}
          onChange={({ currentTarget }) => choose.mutate(currentTarget.checked)}
        />
        <div className="cm-row">
          <RecordControl session={session} isReachable={!recordings.isError} />
        </div>
      </div>
      {recordings.isError && <FaultNotice fault={toFault(recordings.error)} onRetry={() => void recordings.refetch()} />}
      {recordings.isPending && <Skeleton height={160} animate={false} />}
      {recordings.isSuccess && rows.length === 0 && (
        <EmptyState
          icon={<CassetteTape size={28} />}
          title={words.emptyTitle}
          body={words.emptyBody(labelsOfThoseWho('record', session))}
        />
      )}
      {rows.length > 0 && (
        <ul className="card recording-rows" aria-label={words.list}>
          {rows.map((recording) => (
            <RecordingRow key={recording.id} session={session} recording={recording} />
          ))}
        </ul>
      )}
      {recordings.hasNextPage && (
        <div>
          <Button variant="default" loading={recordings.isFetchingNextPage} onClick={() => void recordings.fetchNextPage()}>
            {words.more}
          </Button>
        </div>
      )}
    </section>
  );
}
