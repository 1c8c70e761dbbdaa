import type { OutputOf } from '../../shared/api/operations.ts';
import { operations } from '../../shared/api/operations.ts';
import { Fault } from '../../shared/base/errors.ts';
import { limits } from '../../shared/base/limits.ts';
import type { Bridge } from '../../shared/ipc/contract.ts';
import { readTrackEvent, type TrackEvent } from '../../shared/playback/track-event.ts';
import type { StoredLedger } from '../../shared/ledger/load.ts';
import type { SentStretch } from '../../shared/ledger/verify-stretch.ts';
import type { Recording, RecordingEvent, RecordingLedgerPage } from '../../shared/session/recording-schemas.ts';
import { ask } from './core-ledger.ts';
import { joinPages, readPages } from './recording-pages.ts';

/** A recording with where people were and pointed. */
export interface FetchedRecording {
  recording: Recording;
  track: TrackEvent[];
}

/** Told how much is here, 0 to 1; what it throws ends the fetching. */
export type TellShare = (done: number) => void;

async function request<N extends 'getRecording' | 'recordingEvents' | 'recordingLedger'>(
  bridge: Bridge,
  operation: N,
  input: Record<string, unknown>,
): Promise<OutputOf<N>> {
  return operations[operation].output.parse(await ask(bridge, 'authority.request', { operation, input })) as OutputOf<N>;
}

const isSame = (one: Recording, other: Recording): boolean =>
  one.status === other.status && one.to_n === other.to_n && one.duration_ms === other.duration_ms && one.bytes === other.bytes;

/** Recordings of one session, from the server and from what this computer keeps of them. */
export class RecordingShelf {
  readonly #bridge: Bridge;
  readonly #sessionId: string;

  constructor(bridge: Bridge, sessionId: string) {
    this.#bridge = bridge;
    this.#sessionId = sessionId;
  }

  /**
   * What is kept here where it is up to date or nothing can be asked; else fetched anew, and kept once it is finished. Throws the
   * server's Fault; 'unreachable' when it is neither here nor to be had.
   */
  async fetch(recordingId: string, tell: TellShare): Promise<FetchedRecording> {
    const session = { session_id: this.#sessionId };
    const kept = (await ask(this.#bridge, 'recordings.kept', session)).find(({ recording }) => recording.id === recordingId) ?? null;
    const now = await this.#ask(recordingId);
    if (kept !== null && (now === null || isSame(kept.recording, now))) return this.#read(kept.recording, kept.part_count, tell);
    if (now === null) throw new Fault('unreachable');
    return this.#fetch(now, tell);
  }

  /**
   * The ledger that a recording stands on, from what is kept here or else from the server; kept, where the recording is finished, once
   * `verify` found it whole. Throws the server's Fault; 'proof-failed' when it is not what was signed.
   */
  async fetchLedger(
    { id: recording_id, status }: Recording,
    verify: (sent: SentStretch) => Promise<StoredLedger | null>,
  ): Promise<StoredLedger> {
    const of = { session_id: this.#sessionId, recording_id };
    const kept = await this.#pages((part) => ask(this.#bridge, 'recordings.read_ledger', { ...of, part }));
    if (kept !== null) return readPages(kept);
    const pages = await this.#pages((_part, cursor) =>
      request(this.#bridge, 'recordingLedger', { id: this.#sessionId, recording_id, ...(cursor !== null && { cursor }) }),
    );
    const verified = pages === null ? null : await verify(joinPages(pages));
    if (pages === null || verified === null) throw new Fault('proof-failed');
    if (status !== 'recording')
      for (const [part, page] of pages.entries()) await ask(this.#bridge, 'recordings.keep_ledger', { ...of, part, page });
    return verified;
  }

  /** All pages up to the last; null when one of them is not there. */
  async #pages(read: (part: number, cursor: string | null) => Promise<RecordingLedgerPage | null>): Promise<RecordingLedgerPage[] | null> {
    const pages: RecordingLedgerPage[] = [];
    let cursor: string | null = null;
    do {
      const page: RecordingLedgerPage | null = pages.length < limits.recordingParts ? await read(pages.length, cursor) : null;
      if (page === null) return null;
      pages.push(page);
      cursor = page.next_cursor;
    } while (cursor !== null);
    return pages;
  }

  /** The recording as the server has it; null: it cannot be asked. */
  async #ask(recordingId: string): Promise<Recording | null> {
    try {
      return await request(this.#bridge, 'getRecording', { id: this.#sessionId, recording_id: recordingId });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      if (error.code === 'unreachable' || error.code === 'unavailable') return null;
      // Deleted, or no longer ours to see.
      if (error.code === 'not-found')
        await ask(this.#bridge, 'recordings.drop', { session_id: this.#sessionId, recording_id: recordingId });
      throw error;
    }
  }

  async #read(recording: Recording, partCount: number, tell: TellShare): Promise<FetchedRecording> {
    const track: TrackEvent[] = [];
    for (let part = 0; part < partCount; part++) {
      tell(part / partCount);
      const of = { session_id: this.#sessionId, recording_id: recording.id, part };
      const { events } = await ask(this.#bridge, 'recordings.read', of);
      track.push(...events.flatMap((event) => readTrackEvent(event) ?? []));
    }
    return { recording, track };
  }

  async #fetch(recording: Recording, tell: TellShare): Promise<FetchedRecording> {
    const { id: recording_id, duration_ms, status } = recording;
    const isKept = status !== 'recording';
    const track: TrackEvent[] = [];
    let cursor: string | null = null;
    let part = 0;
    do {
      const page: OutputOf<'recordingEvents'> = await request(this.#bridge, 'recordingEvents', {
        id: this.#sessionId,
        recording_id,
        to: duration_ms,
        limit: limits.recordingEventsPerAnswer,
        ...(cursor !== null && { cursor }),
      });
      const events: RecordingEvent[] = page.items.filter((event) => {
        const told = readTrackEvent(event);
        if (told !== null) track.push(told);
        return told !== null;
      });
      if (isKept) await ask(this.#bridge, 'recordings.keep', { session_id: this.#sessionId, recording_id, part, events });
      part += 1;
      tell((page.items.at(-1)?.relative_ms ?? duration_ms) / Math.max(1, duration_ms));
      cursor = page.next_cursor;
    } while (cursor !== null);
    if (isKept) await ask(this.#bridge, 'recordings.finish', { session_id: this.#sessionId, recording, part_count: part });
    return { recording, track };
  }
}
