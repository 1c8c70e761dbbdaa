import { userOf } from '../caller.ts';
import type { Handlers } from '../handlers.ts';
import { enter } from '../sessions/gate.ts';
import type { SessionParts } from '../sessions/parts.ts';

/** This server makes no recordings: none runs. */
export function createRecordingStatus({ sessions }: Pick<SessionParts, 'sessions'>): Pick<Handlers, 'recordingStatus'> {
  return {
    async recordingStatus({ id }, caller) {
      enter(sessions, id, userOf(caller), 'read');
      return { is_recording: false, recording_id: null, started_at: null, event_count: 0 };
    },
  };
}
