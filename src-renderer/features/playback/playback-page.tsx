import { ActionIcon, Button, Progress } from '@mantine/core';
import { CassetteTape, ChevronLeft } from 'lucide-react';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { Link, useParams } from 'react-router';
import type { Fault } from '../../../shared/base/errors.ts';
import type { Session } from '../../../shared/session/schemas.ts';
import { toFault } from '../../app/queries.ts';
import type { LiveSession } from '../../session/live-session.ts';
import type { OpenedRecording } from '../../session/session-recording.ts';
import { en } from '../../text/en.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { useTitle } from '../../ui/page.tsx';
import { lettersLoaded } from '../chart/letters.ts';
import { useSessionView } from '../session/use-live-session.ts';
import { PlaybackView } from './playback-view.tsx';

const words = en.playback;

type Opening =
  | { kind: 'working'; percent: number }
  | { kind: 'cancelled' }
  | { kind: 'failed'; fault: Fault }
  | ({ kind: 'open' } & OpenedRecording);

function useRecordingOpened(live: LiveSession, recordingId: string): { opening: Opening; cancel: () => void; again: () => void } {
  const [attempt, setAttempt] = useState(0);
  const [opening, setOpening] = useState<Opening>({ kind: 'working', percent: 0 });
  const cancel = useRef<() => void>(() => undefined);
  useEffect(() => {
    const control = new AbortController();
    cancel.current = () => {
      control.abort();
      setOpening({ kind: 'cancelled' });
    };
    const put = (next: Opening): void => {
      if (!control.signal.aborted) setOpening(next);
    };
    put({ kind: 'working', percent: 0 });
    const tell = (done: number): void => {
      control.signal.throwIfAborted();
      put({ kind: 'working', percent: Math.floor(done * 100) });
    };
    live.openRecording(recordingId, tell).then(
      (opened) => put({ kind: 'open', ...opened }),
      (error: unknown) => put({ kind: 'failed', fault: toFault(error) }),
    );
    return () => control.abort();
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [live, recordingId, attempt]);
  return { opening, cancel: () => cancel.current(), again: () => setAttempt(attempt + 1) };
}

/** `/session/:id/recordings/:recordingId`: a rehearsal as it was. The session stays open behind it. */
export function PlaybackPage({ live, session }: { live: LiveSession; session: Session | null }): ReactElement {
  const { recordingId = '' } = useParams();
  const { people } = useSessionView(live);
  const { opening, cancel, again } = useRecordingOpened(live, recordingId);
  const when =
    opening.kind === 'open' ? new Date(opening.recording.started_at).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' }) : '';
  const title = when === '' ? words.label : words.title(when);
  useTitle(title);
  // While the recording is read: it plays at once then.
  useEffect(() => void lettersLoaded(), []);
  return (
    <div className="session-page">
      <header className="bar session-bar">
        <ActionIcon
          component={Link}
          to={`/session/${live.sessionId}/recordings`}
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={words.back}
        >
          <ChevronLeft size={20} aria-hidden="true" />
        </ActionIcon>
        <h1 className="bar-title cm-ellipsis">
          {title}
          {session !== null && <span className="cm-muted"> · {session.name}</span>}
        </h1>
      </header>
      {opening.kind === 'open' && opening.playback !== null && opening.recording.duration_ms > 0 ? (
        <PlaybackView key={opening.recording.id} live={live} session={session} playback={opening.playback} people={people} />
      ) : (
        <main className="playback-waiting" id="content" aria-busy={opening.kind === 'working'}>
          {opening.kind === 'working' && (
            <>
              <p>{words.loading}</p>
              <Progress value={opening.percent} aria-label={words.loading} transitionDuration={0} />
              <p className="cm-muted">{words.progress(opening.percent)}</p>
              <Button variant="default" onClick={cancel}>
                {words.cancel}
              </Button>
            </>
          )}
          {opening.kind === 'cancelled' && (
            <EmptyState icon={<CassetteTape size={28} />} title={words.cancelled}>
              <Button onClick={again}>{en.app.tryAgain}</Button>
            </EmptyState>
          )}
          {opening.kind === 'failed' && <FaultNotice fault={opening.fault} onRetry={again} />}
          {opening.kind === 'open' && (
            <EmptyState icon={<CassetteTape size={28} />} {...words.notPlayed[opening.whyNot ?? 'empty']}>
              {opening.whyNot === 'incomplete' && <Button onClick={again}>{en.app.tryAgain}</Button>}
            </EmptyState>
          )}
        </main>
      )}
    </div>
  );
}
