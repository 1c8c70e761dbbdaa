import type { Recording, RecordingEnd } from '../../shared/session/recording-schemas.ts';
import { count } from './count.ts';

const ends: Record<RecordingEnd, string> = {
  asked: 'stopped by hand',
  paused: 'the session was paused',
  ended: 'the session ended',
  empty: 'everybody had gone',
  length: 'it had reached the longest a recording may be',
  size: 'it had reached the largest a recording may be',
  server: 'the server was stopped',
  failed: 'the server could not write any more; what came before is there',
};

/** The rehearsal as it was. */
export const recordings = {
  title: 'Recordings',
  list: 'Recordings of this session',
  mark: 'Recording',
  markHint: 'What is written, said and pointed at here is recorded on the server.',
  start: 'Record',
  startHint: 'Record this rehearsal on the server; everybody sees that it runs',
  stop: 'Stop recording',
  started: 'The recording runs. Everybody sees it.',
  stopped: (minutes: number) => `Recorded ${minutes === 0 ? 'less than a minute' : count(minutes, 'minute', 'minutes')}.`,
  question: {
    text: 'Recorded on the server: what is written and said, and who is here; no sound. May where you point be kept, too?',
    yes: 'Yes, keep it',
    no: 'No, leave me out',
  },
  choice: {
    label: 'Leave me out of where people point',
    hint: 'Your cursor, what you select, how far you scroll and which song you see are not recorded here. What you write and say is.',
    on: 'You are left out of where people point.',
    off: 'Where you point is recorded again.',
  },
  status: { recording: 'runs now', finished: 'finished', interrupted: 'cut off' } satisfies Record<Recording['status'], string>,
  interrupted: 'The server was cut off. What was recorded until then is there.',
  ended: (because: RecordingEnd) => `Ended: ${ends[because]}.`,
  by: (name: string) => `started by ${name}`,
  byItself: 'started by itself',
  somebody: 'somebody who has left ChordMe',
  things: (n: number) => count(n, 'event', 'events'),
  size: (bytes: number) => (bytes < 1_024 * 1_024 ? `${String(Math.ceil(bytes / 1_024))} KB` : `${(bytes / 1_024 / 1_024).toFixed(1)} MB`),
  export: 'Save as',
  exportNamed: (format: string, when: string) => `Save the recording of ${when} as ${format}`,
  formats: { zip: 'ZIP with the songs', csv: 'CSV', json: 'JSON' },
  saved: 'The file is among your downloads.',
  remove: 'Delete',
  removeNamed: (when: string) => `Delete the recording of ${when}`,
  removeConfirm: (when: string) =>
    `Delete the recording of ${when} for good? Nobody can see it again. The songs and what was said in the session stay.`,
  removed: 'The recording is deleted.',
  emptyTitle: 'Nothing was recorded yet.',
  emptyBody: (able: string) => `${able} can record a rehearsal: what was written and said, when, and where people pointed.`,
  more: 'Show older recordings',
  auto: 'Record by itself when two are here',
  autoHint: 'Everybody is told when they come, and a red mark says that it runs.',
  open: 'Who joins later sees earlier recordings',
} as const;
