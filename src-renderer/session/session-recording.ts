import type { Timers } from '../../shared/base/clock.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import type { Playback } from '../../shared/playback/playback.ts';
import { readPlayback } from '../../shared/playback/read-playback.ts';
import type { Recording } from '../../shared/session/recording-schemas.ts';
import type { CoreLedger } from './core-ledger.ts';
import type { RecordingShelf, TellShare } from './recording-shelf.ts';
import { breathe, readStoredStretch } from './stored-stretch.ts';

/**
 * Why a recording cannot be played here. `renumbered`: the session was numbered anew since, and what the numbers of the recording
 * meant is not known any more (R-AUT-5). `incomplete`: this computer has the session from a later moment on, or not yet up to its end.
 */
export type WhyNotPlayed = 'renumbered' | 'incomplete';

export type OpenedRecording = { recording: Recording } & ({ playback: Playback; whyNot: null } | { playback: null; whyNot: WhyNotPlayed });

interface OpeningParts {
  ledger: Ledger;
  core: Pick<CoreLedger, 'readWhole'>;
  shelf: RecordingShelf;
  device: string;
  timers: Timers;
}

/** How the work is shared between fetching and reading, as people feel it. */
const fetchingShare = 0.5;
/** A session that was just opened catches up in this time, or is without its server. */
const arrivalMs = 10_000;
const lookMs = 100;

/** Fetches what is not here of a recording and makes it ready to be played. Throws the Faults of fetching, and what `tell` throws. */
export async function openRecording(
  { ledger, core, shelf, device, timers }: OpeningParts,
  recordingId: string,
  tell: TellShare,
): Promise<OpenedRecording> {
  const { recording, track } = await shelf.fetch(recordingId, (done) => tell(done * fetchingShare));
  if (recording.generation !== ledger.generation) return { recording, playback: null, whyNot: 'renumbered' };
  for (let waitedMs = 0; ledger.n < recording.to_n && waitedMs < arrivalMs; waitedMs += lookMs) {
    tell(fetchingShare);
    await new Promise<void>((resolve) => void timers.after(lookMs, resolve));
  }
  const { base, earlier, recorded } = await readStoredStretch(await core.readWhole(device));
  const firstN = base?.head.n ?? 0;
  const hasAll = firstN <= recording.from_n && firstN + recorded.length >= recording.to_n;
  if (!hasAll) return { recording, playback: null, whyNot: 'incomplete' };
  const playback = await readPlayback(
    {
      startedMs: Date.parse(recording.started_at),
      durationMs: recording.duration_ms,
      fromN: recording.from_n,
      base,
      earlier,
      recorded: recorded.filter(({ record }) => record.n <= recording.to_n),
      track,
      device: (id) => ledger.device(id),
    },
    async (done) => {
      tell(fetchingShare + done * (1 - fetchingShare));
      await breathe();
    },
  );
  return { recording, playback, whyNot: null };
}
