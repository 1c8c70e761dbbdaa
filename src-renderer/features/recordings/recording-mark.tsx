import type { ReactElement } from 'react';
import { en } from '../../text/en.ts';
import './recordings.css';

/** For everybody, all the time that a recording runs: a colour alone says nothing to some. */
export function RecordingMark({ isOnStage = false }: { isOnStage?: boolean }): ReactElement {
  return (
    <output className={isOnStage ? 'recording-mark recording-mark-stage' : 'recording-mark'} title={en.recordings.markHint}>
      <span className="recording-dot" aria-hidden="true" />
      {en.recordings.mark}
    </output>
  );
}
