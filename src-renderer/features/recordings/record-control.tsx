import { ActionIcon, Tooltip } from '@mantine/core';
import { CircleDot, Square } from 'lucide-react';
import type { ReactElement } from 'react';
import { can } from '../../../shared/session/roles.ts';
import type { Session } from '../../../shared/session/schemas.ts';
import { en } from '../../text/en.ts';
import { RecordingMark } from './recording-mark.tsx';
import { useRecording } from './use-recordings.ts';

/** The mark that it runs, for all; begin and end, for who may. */
export function RecordControl({ session, isReachable }: { session: Session; isReachable: boolean }): ReactElement | null {
  const recording = useRecording(session.id);
  const isRecording = session.is_recording && isReachable;
  const mayRecord = isReachable && session.status === 'active' && can('record', session.role, session.permission_table);
  const words = isRecording ? en.recordings.stop : en.recordings.start;
  return (
    <>
      {isRecording && <RecordingMark />}
      {mayRecord && (
        <Tooltip label={isRecording ? en.recordings.stop : en.recordings.startHint}>
          <ActionIcon
            className="record-button"
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={words}
            loading={recording.isPending}
            onClick={() => recording.mutate(!isRecording)}
          >
            {isRecording ? <Square size={16} aria-hidden="true" /> : <CircleDot size={16} className="recording-ring" aria-hidden="true" />}
          </ActionIcon>
        </Tooltip>
      )}
    </>
  );
}
