import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock, Timers } from '../../shared/base/clock.ts';
import type { OutputOf } from '../../shared/api/operations.ts';
import { Fault } from '../../shared/base/errors.ts';
import type { RandomBytes } from '../../shared/base/ids.ts';
import type { AppState, Arrival, CallName, EventOf, Reply } from '../../shared/ipc/contract.ts';
import type { Network } from '../../shared/ipc/hosting.ts';
import { createSqlLedgerStore } from '../../shared/ledger/sql-ledger-store.ts';
import { createAppCalls } from './app/app-calls.ts';
import { makeReport } from './app/report.ts';
import { answerCall, type CoreHandlers } from './answer-call.ts';
import { createAuthority, type Authority } from './authority/authority.ts';
import { createHttpExchange } from './authority/http-exchange.ts';
import { createServerRecords } from './authority/server-records.ts';
import type { CoreLogger } from './core-logger.ts';
import { openDataDirectory } from './data-directory.ts';
import { migrations } from './database/migrations.ts';
import { damageMark, openKeptDatabase } from './database/open-kept-database.ts';
import { dropRecovery, readRecovery } from './database/recovery.ts';
import { storageProblemOf } from './database/storage-problem.ts';
import { createDraftCalls } from './drafts/draft-calls.ts';
import { createEventSource, type EventListener } from './event-source.ts';
import { createLedgerCalls } from './ledger/ledger-calls.ts';
import { createHosting, type Hosting } from './hosting/hosting.ts';
import { announce } from './nearby/announce.ts';
import type { OpenMulticast } from './nearby/multicast.ts';
import { createNearby } from './nearby/nearby.ts';
import { speakingAddress } from './nearby/service-records.ts';
import type { LogFile } from './log/log-file.ts';
import { createLibrary } from './library/library.ts';
import { createRecentSongs } from './library/recent-songs.ts';
import { createSetlistCalls } from './library/setlist-calls.ts';
import { createSetlistStore } from './library/setlist-store.ts';
import { createSongStore } from './library/song-store.ts';
import { createLife } from './life.ts';
import { createOutbox } from './outbox/outbox.ts';
import { createOutboxCalls } from './outbox/outbox-calls.ts';
import { createOutboxStore } from './outbox/outbox-store.ts';
import { createUnsentChanges } from './outbox/unsent-changes.ts';
import { createRecordingCalls } from './recordings/recording-calls.ts';
import { createSecretFiles, type SecretStore } from './secret-files.ts';
import { createKnownSessions, type KnownSessionsOwner } from './sessions/known-sessions.ts';
import { createServerChoice, type ServerChoice, type StartEmbedded } from './server-choice.ts';
import { createKnownTemplates } from './sessions/known-templates.ts';
import { createEventsTeller } from './sessions/tell-events.ts';
import { noteAnswer } from './sessions/note-answers.ts';
import { createSettings, type Settings } from './settings/settings.ts';
import { createUpdates, type Updater } from './updates/updates.ts';

export interface CoreParts {
  dataDir: string;
  version: string;
  platform: AppState['platform'];
  clock: Clock;
  timers: Timers;
  random: RandomBytes;
  fetch: typeof globalThis.fetch;
  logger: CoreLogger;
  /** Networks that this computer is in, asked again and again. */
  networks: () => readonly Network[];
  /** How this computer is called, for others in its network. */
  computerName: string;
  /** Apps that host are announced and found by it; null: neither. */
  multicast: OpenMulticast | null;
  /** Starts the authority of this app; null: there is none. */
  embedded: StartEmbedded | null;
  /** A server for this run, whatever was chosen before. */
  serverUrl?: string;
  /** Files of mode 0600 in the data directory unless a shell has something better. */
  secrets?: SecretStore;
  /** What replaces this program with a newer one; without it that is somebody else's matter. */
  updater?: Updater;
  /** What the logger writes, for reports. */
  log?: Pick<LogFile, 'tail'>;
}

/** The app without a window: what every shell hosts. */
export interface Core {
  /** Never throws: arguments are parsed by the call's row, failures come back as codes. */
  handle(name: unknown, args: unknown): Promise<Reply<CallName>>;
  on(listener: EventListener): () => void;
  readonly settings: Settings;
  /** Something was opened with this app from outside of its windows. */
  arrive(arrival: Arrival): void;
  close(): Promise<void>;
}

/** Opens the data directory and everything in it. Throws StartProblem for what the person can mend. */
export async function createCore(parts: CoreParts): Promise<Core> {
  try {
    return await assembleWhole(parts);
  } catch (error) {
    // Met only after the file was open: it is read through and replaced now. What is damaged then is not this file.
    if (storageProblemOf(error) !== 'data-damaged') throw error;
    noteDamage(join(parts.dataDir, databaseName));
    return assembleWhole(parts);
  }
}

async function assembleWhole(parts: CoreParts): Promise<Core> {
  const life = createLife();
  try {
    return await assemble(parts, life);
  } catch (error) {
    await life.end();
    throw error;
  }
}

const databaseName = 'chordme.sqlite';

/** Where even this cannot be written, the file is read through at the start after that. */
function noteDamage(file: string): void {
  try {
    writeFileSync(damageMark(file), '', { mode: 0o600 });
  } catch (error) {
    if (storageProblemOf(error) === null) throw error;
  }
}

const unavailable = { ok: false, code: 'unavailable' } as const;

async function assemble(parts: CoreParts, life: ReturnType<typeof createLife>): Promise<Core> {
  const { clock, timers, random } = parts;
  const directory = life.own(openDataDirectory(parts.dataDir), (held) => held.release());
  const file = directory.file(databaseName);
  const db = life.own(await openKeptDatabase(file, migrations, clock), (open) => void open.close());
  const settings = createSettings(db);
  const source = createEventSource();
  const closing = new AbortController();
  const logger: CoreLogger = {
    info: (facts, message) => parts.logger.info(facts, message),
    warn: (facts, message) => parts.logger.warn(facts, message),
    // What was under way when the app closed fails on a closed database, and is no news.
    error: (facts, message) => void (closing.signal.aborted || parts.logger.error(facts, message)),
  };
  const ledgerStore = createSqlLedgerStore(db);
  // A session that the server no longer names stays in sight while something of it is here: its songs can be copied. R-MEM-4.
  const known = createKnownSessions(db, (sessionId) => ledgerStore.readStatement(sessionId) !== null);
  const records = createServerRecords(db);
  const templates = createKnownTemplates(db);
  const outboxStore = createOutboxStore(db);
  const unsent = createUnsentChanges(db);
  const secrets = parts.secrets ?? createSecretFiles(directory.path);
  const exchange = createHttpExchange(parts.fetch, closing.signal);

  const state = (): AppState => ({
    version: parts.version,
    platform: parts.platform,
    server: servers.current()?.state() ?? null,
    account: servers.current()?.account() ?? null,
  });
  let knownOwner = '';
  const stateChanged = (): void => {
    const present = state();
    source.emit('app.state_changed', present);
    // Another person or server: other sessions are known.
    const ownerWord = `${servers.current()?.id} ${present.account?.id}`;
    if (ownerWord !== knownOwner) source.emit('sessions.changed', {});
    knownOwner = ownerWord;
    outbox.wake();
  };
  const tellEvent = createEventsTeller(known, source, logger);
  const makeAuthority = (server: { id: string; url: string; isEmbedded: boolean }): Authority =>
    createAuthority({
      ...server,
      records,
      secrets,
      exchange,
      clock,
      timers,
      random,
      changed: stateChanged,
      answered: ({ user, ...answer }) => {
        const of = { server_id: server.id, user_id: user.id };
        if (noteAnswer(known, of, answer)) source.emit('sessions.changed', {});
        if (answer.name === 'deleteMe') outboxStore.dropOwner(of);
        if (answer.name === 'listTemplates') templates.put(of, (answer.output as OutputOf<'listTemplates'>).items);
      },
      told: (frame, user) => tellEvent({ server_id: server.id, user_id: user.id }, frame),
      missed: () => source.emit('changes.missed', {}),
    });
  const servers: ServerChoice = life.own(
    createServerChoice({
      settings,
      makeAuthority,
      startEmbedded: parts.embedded,
      embeddedDataDir: directory.file('authority'),
      host: {
        isForOthers: () => hosting.isChosen(),
        url: () => hosting.state().at?.url ?? null,
        peopleChanged: () => hosting.peopleChanged(),
      },
      changed: stateChanged,
    }),
    (choice) => choice.close(),
  );
  const hosting: Hosting = life.own(
    createHosting({
      settings,
      timers,
      networks: parts.networks,
      keepEmbedded: (isKept) => servers.keepEmbedded(isKept),
      announce: ({ address, port, key }) => {
        const by = speakingAddress(parts.networks(), address);
        if (parts.multicast === null || by === null) return null;
        return announce(parts.multicast, timers, { name: parts.computerName, address, port, key, speakingAddress: by });
      },
      isOwn: (userId) => userId === servers.current()?.account()?.id || userId === records.get('embedded')?.account?.id,
      changed: (present) => {
        source.emit('hosting.changed', present);
        source.emit('relay.changed', relayState());
      },
      onFailure: (error) => logger.error({ err: error }, 'hosting on the network'),
    }),
    (open) => open.close(),
  );
  const nearby = life.own(createNearby({ clock, timers, open: parts.multicast, ownKey: () => hosting.state().at?.key ?? null }), (open) =>
    open.close(),
  );
  // Ends first, so that nothing below waits for a slow server.
  life.own(closing, (controller) => controller.abort());
  const authority = (): Authority => {
    const current = servers.current();
    if (current === null) throw new Fault('unreachable', 'No server is chosen.');
    return current;
  };

  const relayState = (): EventOf<'relay.changed'> => ({
    url: settings.get('relay_url'),
    hosted_url: hosting.state().at === null ? null : servers.embeddedUrl(),
  });

  const userId = (): string | null => servers.current()?.account()?.id ?? null;
  const owner = (): KnownSessionsOwner | null => {
    const [server_id, user_id] = [servers.current()?.id, userId()];
    return server_id === undefined || user_id === null ? null : { server_id, user_id };
  };
  const { dropSession: dropRecordings, ...recordingCalls } = createRecordingCalls(db, userId);
  const songs = createSongStore(db);
  const libraryChanged = (): void => source.emit('library.changed', {});
  const outboxChanged = (): void => source.emit('outbox.changed', {});
  const outbox = life.own(
    createOutbox({
      store: outboxStore,
      place: () => {
        const [current, of] = [servers.current(), owner()];
        if (current === null || of === null) return null;
        const isReachable = current.state().is_reachable;
        return { owner: of, isReachable, request: (name, input, key) => current.request(name, input, key) };
      },
      songOf: (id) => songs.get(id),
      clock,
      timers,
      random,
      logger,
      changed: outboxChanged,
      made: (id, session) => source.emit('outbox.session_made', { id, session_id: session.id }),
    }),
    (opened) => opened.close(),
  );
  const ledgerCalls = createLedgerCalls(ledgerStore);
  const app = createAppCalls({ settings, source, logger, report: () => makeReport(state(), parts.log?.tail() ?? '') });
  const updates = life.own(createUpdates({ updater: parts.updater ?? null, settings, source, timers, logger }), (held) => held.close());
  const handlers: CoreHandlers = {
    ...app.handlers,
    ...updates.handlers,
    ...createLibrary({ songs, recent: createRecentSongs(settings, songs), clock, random, changed: libraryChanged }),
    ...createSetlistCalls({ setlists: createSetlistStore(db), songs, clock, random, changed: libraryChanged }),
    ...ledgerCalls,
    ...recordingCalls,
    ...createOutboxCalls({ outbox, store: outboxStore, unsent, known, owner, changed: outboxChanged }),
    ...createDraftCalls({
      db,
      userId,
      changed: () => source.emit('sessions.changed', {}),
    }),
    'ledger.append_entries': (args) => {
      const of = args.is_own ? owner() : null;
      if (of !== null && unsent.mark(of, args.session_id)) outboxChanged();
      return ledgerCalls['ledger.append_entries'](args);
    },
    'app.state': state,
    'app.recovery': () => readRecovery(db),
    'app.recovery_read': () => {
      dropRecovery(db);
      return null;
    },
    'server.choose': async ({ url, key }) => {
      await servers.choose(url, key ?? null);
      return state();
    },
    'server.host_here': async () => {
      await servers.hostHere();
      return state();
    },
    'relay.state': relayState,
    'relay.use': ({ url }) => {
      settings.set('relay_url', url);
      const present = relayState();
      source.emit('relay.changed', present);
      return present;
    },
    'nearby.look': () => nearby.look(),
    'hosting.state': () => hosting.state(),
    'hosting.choose': async ({ address }) => {
      await hosting.choose(address);
      return hosting.state();
    },
    'account.register': (input) => authority().signIn('register', input),
    'account.sign_in': (input) => authority().signIn('login', input),
    'account.guest': (input) => authority().signIn('guest', input),
    'account.sign_out': async () => {
      await authority().signOut();
      return null;
    },
    'account.socket_token': async ({ refused }) => {
      const { text, expiresAt } = await authority().socketToken(refused ?? null);
      return { access_token: text, expires_at: new Date(expiresAt).toISOString() };
    },
    // The row parses `input` again, strictly, before anything leaves.
    'authority.request': ({ operation, input }) => authority().request(operation, input),
    'sessions.forget': ({ session_id }) => {
      const statement = ledgerStore.readStatement(session_id);
      ledgerStore.dropSession(session_id);
      dropRecordings(session_id);
      if (statement !== null) ledgerStore.putStatement(session_id, statement);
      const of = owner();
      if (of !== null) {
        known.drop(of, session_id);
        unsent.note(of, session_id, 0);
      }
      source.emit('sessions.changed', {});
      return null;
    },
    'templates.known': () => {
      const of = owner();
      return of === null ? [] : templates.list(of);
    },
    'sessions.known': () => {
      const of = owner();
      return of === null ? [] : known.list(of);
    },
  };

  await servers.open(parts.serverUrl ?? null);
  await hosting.resume();
  return {
    handle: async (name, args) => {
      if (closing.signal.aborted) return unavailable;
      const reply = await answerCall(handlers, logger, name, args);
      if (!reply.ok && reply.code === 'data-damaged') noteDamage(file);
      return closing.signal.aborted && !reply.ok ? unavailable : reply;
    },
    on: (listener) => source.listen(listener),
    settings,
    arrive: (arrival) => app.arrive(arrival),
    close: () => life.end(),
  };
}
