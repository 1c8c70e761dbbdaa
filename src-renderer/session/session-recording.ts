import type { Clock, Timers } from '../../shared/base/clock.ts';
import type { Bytes } from '../../shared/ledger/bytes.ts';
import type { RecordedEntry } from '../../shared/ledger/fold-stretch.ts';
import { Verifier } from '../../shared/ledger/keys.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import { verdicts } from '../../shared/ledger/record.ts';
import { verifyStretch } from '../../shared/ledger/verify-stretch.ts';
import type { Playback } from '../../shared/playback/playback.ts';
import { readPlayback } from '../../shared/playback/read-playback.ts';
import type { Recording } from '../../shared/session/recording-schemas.ts';
import type { CoreLedger } from './core-ledger.ts';
import type { RecordingShelf, TellShare } from './recording-shelf.ts';
import { breathe, breatheInTime, readStoredStretch, type StoredStretch } from './stored-stretch.ts';

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
  /** Raw public key. */
  authority: Bytes;
  timers: Timers;
  clock: Clock;
}

/** How the work is shared between fetching and reading, as people feel it. */
const fetchingShare = 0.5;
/** A session that was just opened catches up in this time, or is without its server. */
const arrivalMs = 10_000;
const lookMs = 100;

/** The stretch of the ledger that a recording stands on: this computer's own, or where that begins later the server's, verified. */
async function readStretch(
  { ledger, core, shelf, device, authority }: OpeningParts,
  recording: Recording,
  tell: () => void,
): Promise<StoredStretch> {
  const stored = await core.readWhole(device);
  const own = await readStoredStretch(stored);
  if ((own.base?.head.n ?? 0) <= recording.from_n) return own;
  const tools = { ledger, authority, verifier: new Verifier() };
  const rest = async (): Promise<void> => {
    tell();
    await breathe();
  };
  const past = await shelf.fetchLedger(recording, (sent) => verifyStretch(sent, tools, rest));
  // What was said is in the session's own, as far as it was not deleted since.
  return readStoredStretch({ ...past, entries: [...past.entries, ...stored.entries] });
}

/** Fetches what is not here of a recording and makes it ready to be played. Throws the Faults of fetching, and what `tell` throws. */
export async function openRecording(parts: OpeningParts, recordingId: string, tell: TellShare): Promise<OpenedRecording> {
  const { ledger, shelf, timers, clock } = parts;
  const rest = breatheInTime(clock);
  const { recording, track } = await shelf.fetch(recordingId, (done) => tell(done * fetchingShare));
  if (recording.generation !== ledger.generation) return { recording, playback: null, whyNot: 'renumbered' };
  for (let waitedMs = 0; ledger.n < recording.to_n && waitedMs < arrivalMs; waitedMs += lookMs) {
    tell(fetchingShare);
    await new Promise<void>((resolve) => void timers.after(lookMs, resolve));
  }
  if (ledger.n < recording.to_n) return { recording, playback: null, whyNot: 'incomplete' };
  const { base, earlier, recorded: all } = await readStretch(parts, recording, () => tell(fetchingShare));
  // The signed head that ends a stretch may stand behind the recording's end.
  const recorded = all.filter(({ record }) => record.n <= recording.to_n);
  const isHere = ({ entry, record }: RecordedEntry): boolean =>
    entry !== null || record.verdict !== verdicts.ok || ledger.base?.counted.has(record.hash) === true;
  const isWhole = (base?.head.n ?? 0) + recorded.length >= recording.to_n;
  if (!isWhole || !recorded.every(isHere)) return { recording, playback: null, whyNot: 'incomplete' };
  const playback = await readPlayback(
    {
      startedMs: Date.parse(recording.started_at),
      durationMs: recording.duration_ms,
      fromN: recording.from_n,
      base,
      earlier,
      recorded,
      track,
      device: (id) => ledger.device(id),
    },
    async (done) => {
      tell(fetchingShare + done * (1 - fetchingShare));
      await rest();
    },
  );
  return { recording, playback, whyNot: null };
}
