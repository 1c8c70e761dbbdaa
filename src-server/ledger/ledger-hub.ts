import type { Clock, Timers } from '../../shared/base/clock.ts';
import { Fault } from '../../shared/base/errors.ts';
import type { RandomBytes } from '../../shared/base/ids.ts';
import { Verifier } from '../../shared/ledger/keys.ts';
import type { LedgerStore, SequencedEntry } from '../../shared/ledger/ledger-store.ts';
import { parseRecord } from '../../shared/ledger/record.ts';
import { readSetlist } from '../../shared/ledger/setlist.ts';
import { signStatement, type StatementClaims } from '../../shared/ledger/statement.ts';
import { rootOfSong } from '../../shared/ledger/update.ts';
import type { LedgerPort, PersonWords } from '../features/sessions/ledger-port.ts';
import type { DeviceMarks } from '../features/sessions/device-marks.ts';
import type { SongHead } from '../features/sessions/song-head.ts';
import type { AuthorityKeys } from '../keys/authority-keys.ts';
import { personWords } from './person-words.ts';
import type { LedgerArchive } from '../features/cleanup/archive-port.ts';
import type { Written } from '../features/statistics/written.ts';
import type { RecordingTap } from '../features/recordings/recorded-ledger.ts';
import { recordedEvents } from './recorded-events.ts';
import type { ArchiveOfLedgers } from './ledger-archive.ts';
import { authoritySigner, SessionRoom, type RoomTools } from './session-room.ts';
import { writtenIn } from './written-batch.ts';

export interface HubTools {
  store: LedgerStore;
  keys: AuthorityKeys;
  clock: Clock;
  timers: Timers;
  random: RandomBytes;
  readStatementClaims(sessionId: string): StatementClaims | null;
  readSongHead(chordpro: string): { title: string; artist: string };
  /** The user wrote; told now and then, not with each entry. */
  onActivity(sessionId: string, userId: string): void;
  /** What people did in a batch, in the transaction that gives it its numbers. */
  onWritten(sessionId: string, written: readonly Written[]): void;
  /** Who is in a session is another set of people. */
  onPresence(sessionId: string, users: ReadonlySet<string>): void;
  /** Recordings under way follow what is numbered and where people point. */
  recording: RecordingTap;
  /** Somebody wrote into a session at rest: it becomes active. R-MEM-1. */
  onWake(sessionId: string, userId: string): void;
  /** Ledgers that were put away. */
  archive: ArchiveOfLedgers;
  /** All or nothing. */
  transact(work: () => void): void;
  /** What the first song of the setlist is called now; told with activity. */
  onSongHead(sessionId: string, head: SongHead | null): void;
  /** What is found out about devices; the next statement says it. */
  marks: DeviceMarks;
  /** An app has a statement that is above what the database says. R-MEM-2. */
  numberAbove(sessionId: string, shown: { generation: number; epoch: number }): void;
  /** An app has another history of this authority: its operator raises the generation. R-AUT-5. */
  onConflict(sessionId: string, head: { generation: number; n: number }): void;
  /** What an app sent was not taken; see the room's. */
  onRejected(sessionId: string, ...rejected: Parameters<RoomTools['onRejected']>): void;
  onFailure(sessionId: string, error: unknown): void;
}

/** R-AUT-6: a session's document is dropped this long after its last link or write. */
const idleMs = 60_000;
/** R-MEM-2: a statement of a session that stays open is renewed, since its end limits new links. */
const renewMs = 24 * 60 * 60 * 1_000;

interface Place {
  room: Promise<SessionRoom>;
  /** The same, once it is there. */
  loaded: SessionRoom | null;
  /** Statements are issued one after the other. */
  issuing: Promise<void>;
  stopIdle: () => void;
  stopRenewing: () => void;
  /** How often somebody wanted it. */
  asked: number;
}

function eventsIn(batch: readonly SequencedEntry[], userOf: (device: string) => string | null): number {
  let count = 0;
  for (const { entry, record: bytes } of batch) {
    const record = parseRecord(bytes);
    if (record !== null) count += recordedEvents({ entry, record }, userOf).length;
  }
  return count;
}

/** All sessions that somebody is in right now. */
export class LedgerHub implements LedgerPort {
  readonly #tools: HubTools;
  readonly #places = new Map<string, Place>();
  readonly #verifier = new Verifier();
  #isClosed = false;

  constructor(tools: HubTools) {
    this.#tools = tools;
  }

  /** The room of a session, loaded when it is not. Throws 'not-found' for a session that is not there. */
  async room(sessionId: string): Promise<SessionRoom> {
    if (this.#isClosed) throw new Fault('unavailable');
    let place = this.#places.get(sessionId);
    if (place === undefined) {
      place = {
        room: this.#open(sessionId),
        loaded: null,
        issuing: Promise.resolve(),
        stopIdle: () => undefined,
        stopRenewing: () => undefined,
        asked: 0,
      };
      place.stopRenewing = this.#tools.timers.every(renewMs, () => this.statementChanged(sessionId));
      this.#places.set(sessionId, place);
      const opened = place;
      opened.room.then(
        (room) => (opened.loaded = room),
        () => {
          opened.stopIdle();
          opened.stopRenewing();
          this.#places.delete(sessionId);
        },
      );
    }
    place.asked += 1;
    this.#watchIdle(sessionId, place);
    return place.room;
  }

  async #open(sessionId: string): Promise<SessionRoom> {
    const claims = this.#tools.readStatementClaims(sessionId);
    if (claims === null) throw new Fault('not-found');
    const { keys, archive, clock, timers, random } = this.#tools;
    const statement = await signStatement(claims, keys.privateKey);
    archive.unpack(sessionId);
    const room: SessionRoom = new SessionRoom(sessionId, statement, {
      store: this.#countingStore(() => room),
      signer: authoritySigner(keys.privateKey, keys.publicKeyBytes),
      authority: { raw: keys.publicKeyBytes, key: keys.publicKey },
      verifier: this.#verifier,
      clock,
      timers,
      random,
      onActivity: (userId, room) => {
        try {
          this.#tools.onActivity(sessionId, userId);
          this.#tools.onSongHead(sessionId, this.#headOf(room));
        } catch (error) {
          // Nobody's link ends because the disk does not take when they were active.
          this.#tools.onFailure(sessionId, error);
        }
      },
      onOutnumbered: (shown) => this.#tools.numberAbove(sessionId, shown),
      onConflict: (head) => this.#tools.onConflict(sessionId, head),
      onPresence: (users) => this.#tools.onPresence(sessionId, users),
      onPointer: (userId, state) => this.#tools.recording.notePointer(sessionId, userId, state),
      onWake: (userId) => this.#tools.onWake(sessionId, userId),
      onFork: (deviceId) => this.#tools.marks.suspend(sessionId, deviceId),
      onOverBudget: (deviceId) => this.#tools.marks.bar(sessionId, deviceId),
      onRejected: (...rejected) => this.#tools.onRejected(sessionId, ...rejected),
      onFailure: (error) => this.#tools.onFailure(sessionId, error),
    });
    return room;
  }

  /** The store, with what people did noted in the same transaction: after any crash counts and ledger say the same. */
  #countingStore(roomOf: () => SessionRoom): LedgerStore {
    const tools = this.#tools;
    const { store } = tools;
    return {
      ...store,
      appendSequenced: (sessionId, firstN, batch, head) =>
        tools.transact(() => {
          store.appendSequenced(sessionId, firstN, batch, head);
          const { ledger } = roomOf();
          const userOf = (device: string) => ledger.device(device)?.user_id ?? null;
          try {
            const written = writtenIn(batch, ledger.fold.doc, userOf);
            tools.transact(() => tools.onWritten(sessionId, written));
          } catch (error) {
            // Nobody's music waits for a statistic.
            tools.onFailure(sessionId, error);
          }
          if (tools.recording.isRecording(sessionId)) tools.recording.noteNumbered(sessionId, head.n, eventsIn(batch, userOf));
        }),
    };
  }

  /** Archived sessions' ledgers, those that nobody is in. */
  get archive(): LedgerArchive {
    const { archive } = this.#tools;
    return {
      unpacked: (most) => archive.unpacked(most),
      pack: (sessionId) => !this.#places.has(sessionId) && archive.pack(sessionId),
    };
  }

  #watchIdle(sessionId: string, place: Place): void {
    place.stopIdle();
    place.stopIdle = this.#tools.timers.after(idleMs, () => {
      this.#dropIfIdle(sessionId, place).catch((error: unknown) => this.#tools.onFailure(sessionId, error));
    });
  }

  async #dropIfIdle(sessionId: string, place: Place): Promise<void> {
    const { asked } = place;
    const room = await place.room;
    // What waits for something that never comes is in memory only, and must not keep the room there.
    await room.drained();
    // Asked for meanwhile, or forgotten with its session.
    if (place.asked !== asked || this.#places.get(sessionId) !== place) return;
    if (room.replica.linkCount > 0) {
      this.#watchIdle(sessionId, place);
      return;
    }
    place.stopRenewing();
    this.#places.delete(sessionId);
    room.close();
  }

  statementChanged(sessionId: string): void {
    const place = this.#places.get(sessionId);
    if (place === undefined) {
      this.#forgetDeleted(sessionId);
      return;
    }
    place.issuing = place.issuing.then(async () => {
      try {
        const room = await place.room;
        const claims = this.#tools.readStatementClaims(sessionId);
        if (claims !== null) room.replica.setStatement(await signStatement(claims, this.#tools.keys.privateKey));
        if (claims === null || claims.status === 'deleted') this.#forget(sessionId, room);
      } catch (error) {
        this.#tools.onFailure(sessionId, error);
      }
    });
  }

  /** The session is gone, or never came to be: its statement, where there is one, is all that stays. R-MEM-4. */
  #forget(sessionId: string, room: SessionRoom): void {
    this.#places.get(sessionId)?.stopIdle();
    this.#places.get(sessionId)?.stopRenewing();
    this.#places.delete(sessionId);
    room.close();
    this.#drop(sessionId);
  }

  #forgetDeleted(sessionId: string): void {
    try {
      const claims = this.#tools.readStatementClaims(sessionId);
      if (claims === null || claims.status === 'deleted') this.#drop(sessionId);
    } catch (error) {
      this.#tools.onFailure(sessionId, error);
    }
  }

  #drop(sessionId: string): void {
    this.#tools.transact(() => {
      this.#tools.store.dropSession(sessionId);
      this.#tools.archive.drop(sessionId);
    });
  }

  async createSong(sessionId: string, userId: string, song: { song_id: string; chordpro: string }): Promise<void> {
    const room = await this.room(sessionId);
    await room.writer.createSong(userId, song);
  }

  async wordsOf(sessionId: string, userId: string): Promise<PersonWords> {
    return personWords((await this.room(sessionId)).ledger, userId);
  }

  async takeBackWords(sessionId: string, userId: string): Promise<void> {
    await (await this.room(sessionId)).writer.takeBackWords(userId);
  }

  #headOf({ ledger }: SessionRoom): SongHead | null {
    const first = readSetlist(ledger.fold.sets)[0];
    if (first === undefined) return null;
    const text = ledger.fold.doc.getText(rootOfSong(first.song_id)).toJSON();
    const { title, artist } = this.#tools.readSongHead(text);
    return { id: first.song_id, title, artist };
  }

  presentUsers(sessionId: string): ReadonlySet<string> {
    return this.#places.get(sessionId)?.loaded?.presentUsers() ?? new Set();
  }

  get linkCount(): number {
    let count = 0;
    for (const { loaded } of this.#places.values()) count += loaded?.replica.linkCount ?? 0;
    return count;
  }

  closeDevice(deviceId: string): void {
    for (const { loaded } of this.#places.values()) loaded?.replica.closeDevice(deviceId);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const places = [...this.#places.values()];
    this.#places.clear();
    for (const place of places) {
      place.stopIdle();
      place.stopRenewing();
      const room = await place.room.catch(() => null);
      await room?.drained();
      room?.close();
    }
  }
}
