import { Fault } from '../../../shared/base/errors.ts';
import { limits } from '../../../shared/base/limits.ts';
import { presenceStateSchema } from '../../../shared/session/presence-state.ts';
import type { RecordingEnd } from '../../../shared/session/recording-schemas.ts';
import type { RecordingRow, SessionRow } from '../../database/schema.ts';
import { newId, timestamp } from '../../deps.ts';
import type { Caller } from '../caller.ts';
import type { SessionParts } from '../sessions/parts.ts';
import { encodeChunk } from './chunk.ts';
import type { RecordedLedger, RecordingTap } from './recorded-ledger.ts';
import type { RecordingStore } from './recording-store.ts';
import { Track } from './track.ts';

export interface RecorderParts extends Pick<SessionParts, 'db' | 'deps' | 'sessions' | 'activities'> {
  store: RecordingStore;
  ledger: Pick<RecordedLedger, 'lastNumber' | 'newestCheckpoint'>;
  presentUsers(sessionId: string): ReadonlySet<string>;
  /** A recording began or ended: those in the session are told. */
  changed(sessionId: string): void;
  onFailure(error: unknown): void;
}

/** A recording under way; its row is as of the last chunk. */
interface Running {
  row: RecordingRow;
  track: Track;
  /** Entries numbered since the last chunk that are events. */
  written: number;
  n: number;
  nextSeq: number;
  /** Of the newest keyframe; null: none yet. */
  keyframeMs: number | null;
  emptySince: number | null;
  isPointerKept: Map<string, boolean>;
  stopTicking: () => void;
}

/** Begins and ends recordings and writes what happens into them. One a session. */
export class Recorder implements RecordingTap {
  readonly #parts: RecorderParts;
  readonly #running = new Map<string, Running>();

  /** Ended, but not on disk so: it is full. Each with what ends the trying. */
  readonly #unwritten = new Map<string, { row: RecordingRow; stopTrying: () => void }>();

  /** Recordings that a crash cut off are what was written of them. */
  constructor(parts: RecorderParts) {
    this.#parts = parts;
    for (const { id, started_at, duration_ms } of parts.store.running()) {
      const ended_at = new Date(Date.parse(started_at) + duration_ms).toISOString();
      parts.store.update(id, { status: 'interrupted', ended_at });
    }
  }

  isRecording(sessionId: string): boolean {
    return this.#running.has(sessionId);
  }

  /** The one that runs, as it stands now. */
  current(sessionId: string): RecordingRow | null {
    const running = this.#running.get(sessionId);
    if (running === undefined) return null;
    const { row, track, written, n } = running;
    const event_count = row.event_count + track.length + written;
    return { ...row, to_n: n, event_count, duration_ms: this.#elapsed(running) };
  }

  /** A row as it stands now, whether it could be written or not. */
  asItStands(row: RecordingRow): RecordingRow {
    const current = this.current(row.session_id);
    return current?.id === row.id ? current : (this.#unwritten.get(row.id)?.row ?? row);
  }

  #elapsed({ row }: Running): number {
    // A clock that is put back does not turn the recording back.
    return Math.max(row.duration_ms, this.#parts.deps.clock.now() - Date.parse(row.started_at));
  }

  /** @param by null: by itself. Throws 'already-recording' and 'too-many'. */
  start(session: SessionRow, by: Caller | null): RecordingRow {
    const { db, deps, store, activities, ledger } = this.#parts;
    if (this.#running.has(session.id)) throw new Fault('already-recording');
    if (store.count(session.id) >= limits.recordingsPerSession) throw new Fault('too-many');
    const n = ledger.lastNumber(session.id);
    const row: RecordingRow = {
      id: newId(deps),
      session_id: session.id,
      status: 'recording',
      started_by: by?.user_id ?? null,
      started_at: timestamp(deps.clock),
      ended_at: null,
      ended_because: null,
      generation: session.generation,
      from_n: n,
      to_n: n,
      duration_ms: 0,
      event_count: 0,
      bytes: 0,
    };
    const from = ledger.newestCheckpoint(session.id);
    db.transact(() => {
      store.insert(row);
      if (from !== null) store.insertStart(row.id, from);
      activities.note({ session_id: session.id, type: 'recording_started', by, details: { recording_id: row.id } });
    });
    const running: Running = {
      row,
      track: new Track(),
      written: 0,
      n,
      nextSeq: 0,
      keyframeMs: null,
      emptySince: null,
      isPointerKept: new Map(),
      stopTicking: deps.timers.every(limits.recordingChunkMs, () => this.#tick(session.id)),
    };
    this.#running.set(session.id, running);
    this.#notePresent(running, this.#parts.presentUsers(session.id), 0);
    this.#parts.changed(session.id);
    return row;
  }

  /** Answers it as it ended; null when none runs. @param by null: by itself */
  stop(sessionId: string, because: RecordingEnd, by: Caller | null): RecordingRow | null {
    const { deps } = this.#parts;
    const running = this.#running.get(sessionId);
    if (running === undefined) return null;
    this.#running.delete(sessionId);
    running.stopTicking();
    const isWritten = because !== 'failed' && this.#write(running);
    const { row } = running;
    const ended_because: RecordingEnd = isWritten ? because : 'failed';
    const change = {
      status: 'finished' as const,
      ended_at: timestamp(deps.clock),
      ended_because,
      duration_ms: isWritten ? this.#elapsed(running) : row.duration_ms,
    };
    const ended = { ...row, ...change };
    this.#writeEnd(ended, by);
    this.#parts.changed(sessionId);
    return ended;
  }

  /** Tried again where the disk takes nothing. A start of the server that comes first finds it, and says that it was cut off. */
  #writeEnd(ended: RecordingRow, by: Caller | null): void {
    const { db, deps, store, activities, sessions } = this.#parts;
    const { id, session_id, status, ended_at, ended_because, duration_ms } = ended;
    try {
      db.transact(() => {
        store.update(id, { status, ended_at, ended_because, duration_ms });
        const details = { recording_id: id, because: ended_because };
        const session = sessions.find(session_id);
        if (session !== undefined && session.status !== 'deleted') activities.note({ session_id, type: 'recording_stopped', by, details });
      });
      this.#unwritten.get(id)?.stopTrying();
      this.#unwritten.delete(id);
    } catch (error) {
      if (this.#unwritten.has(id)) return;
      this.#parts.onFailure(error);
      this.#unwritten.set(id, { row: ended, stopTrying: deps.timers.every(limits.recordingChunkMs, () => this.#writeEnd(ended, by)) });
    }
  }

  /** It is to be deleted: what is not written yet is nobody's business any more. */
  drop(sessionId: string, id: string): void {
    const running = this.#running.get(sessionId);
    if (running?.row.id !== id) return;
    this.#running.delete(sessionId);
    running.stopTicking();
  }

  noteNumbered(sessionId: string, n: number, events: number): void {
    const running = this.#running.get(sessionId);
    if (running === undefined) return;
    running.n = n;
    running.written += events;
  }

  notePointer(sessionId: string, userId: string, told: unknown): void {
    const running = this.#running.get(sessionId);
    const state = running === undefined ? undefined : presenceStateSchema.safeParse(told).data;
    if (running === undefined || state === undefined) return;
    let isKept = running.isPointerKept.get(userId);
    if (isKept === undefined) {
      isKept = !this.#parts.store.isLeftOut(sessionId, userId);
      running.isPointerKept.set(userId, isKept);
    }
    if (!isKept) return;
    running.track.setPointer(userId, state, this.#elapsed(running));
    if (running.track.length >= limits.recordingChunkEvents) this.#writeOrStop(sessionId, running);
  }

  /** Closes the open chunk. */
  flush(sessionId: string): void {
    const running = this.#running.get(sessionId);
    if (running !== undefined) this.#writeOrStop(sessionId, running);
  }

  /** Somebody decided whether they are followed. */
  choiceChanged(sessionId: string, userId: string): void {
    const running = this.#running.get(sessionId);
    running?.isPointerKept.delete(userId);
    if (running !== undefined && this.#parts.store.isLeftOut(sessionId, userId))
      running.track.setPointer(userId, {}, this.#elapsed(running));
  }

  /** Who is in a session now. */
  notePresence(sessionId: string, users: ReadonlySet<string>): void {
    const running = this.#running.get(sessionId);
    if (running !== undefined) this.#notePresent(running, users, this.#elapsed(running));
    else this.#startByItself(sessionId, users);
  }

  #notePresent(running: Running, users: ReadonlySet<string>, relativeMs: number): void {
    running.track.setPresent(users, relativeMs);
    running.emptySince = users.size > 0 ? null : (running.emptySince ?? this.#parts.deps.clock.now());
  }

  /** Anything of the session changed, its state perhaps. */
  sessionChanged(sessionId: string): void {
    const status = this.#parts.sessions.find(sessionId)?.status;
    if (status === 'active') this.#startByItself(sessionId, this.#parts.presentUsers(sessionId));
    else this.stop(sessionId, status === 'paused' ? 'paused' : 'ended', null);
  }

  #startByItself(sessionId: string, users: ReadonlySet<string>): void {
    if (users.size < 2 || this.#running.has(sessionId)) return;
    const session = this.#parts.sessions.find(sessionId);
    if (session?.status !== 'active' || session.auto_recording !== 1) return;
    const [last] = this.#parts.store.list(sessionId, 1);
    const isHeld =
      last?.ended_because === 'asked' &&
      last.ended_at !== null &&
      this.#parts.deps.clock.now() - Date.parse(last.ended_at) < limits.recordingHoldMs;
    if (isHeld) return;
    try {
      this.start(session, null);
    } catch (error) {
      // A rehearsal goes on without it.
      if (!(error instanceof Fault)) this.#parts.onFailure(error);
    }
  }

  #tick(sessionId: string): void {
    const running = this.#running.get(sessionId);
    if (running === undefined) return;
    const { emptySince } = running;
    if (emptySince !== null && this.#parts.deps.clock.now() - emptySince >= limits.recordingEmptyMs) this.stop(sessionId, 'empty', null);
    else if (this.#elapsed(running) >= limits.recordingMs) this.stop(sessionId, 'length', null);
    else this.#writeOrStop(sessionId, running);
  }

  #writeOrStop(sessionId: string, running: Running): void {
    if (!this.#write(running)) this.stop(sessionId, 'failed', null);
    else if (running.row.bytes >= limits.recordingBytes) this.stop(sessionId, 'size', null);
  }

  /** Closes the open chunk, where anything is in it. False: it is not on disk. */
  #write(running: Running): boolean {
    const { db, store } = this.#parts;
    const { row, track, written, n, nextSeq: seq, keyframeMs } = running;
    if (track.length === 0 && n === row.to_n) return true;
    const to_ms = this.#elapsed(running);
    const isKeyframe = keyframeMs === null || to_ms - keyframeMs >= limits.recordingKeyframeMs;
    const events = track.take();
    const bytes = encodeChunk({ state: isKeyframe ? track.state() : null, events });
    const change = {
      to_n: n,
      duration_ms: to_ms,
      event_count: row.event_count + events.length + written,
      bytes: row.bytes + bytes.length,
    };
    const chunk = { recording_id: row.id, seq, from_ms: row.duration_ms, to_ms, from_n: row.to_n, to_n: n };
    try {
      db.transact(() => {
        store.insertChunk({ ...chunk, is_keyframe: isKeyframe ? 1 : 0, bytes });
        store.update(row.id, change);
      });
    } catch (error) {
      this.#parts.onFailure(error);
      return false;
    }
    Object.assign(row, change);
    Object.assign(running, { written: 0, nextSeq: seq + 1, keyframeMs: isKeyframe ? to_ms : keyframeMs });
    return true;
  }

  /** Ends them all: the server stops. */
  close(): void {
    for (const sessionId of this.#running.keys()) this.stop(sessionId, 'server', null);
    for (const { stopTrying } of this.#unwritten.values()) stopTrying();
  }
}
