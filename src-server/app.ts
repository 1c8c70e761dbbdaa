import { closeSync, mkdirSync, openSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { Verifier } from '../shared/ledger/keys.ts';
import type { ServerConfig } from './config.ts';
import { databaseFile } from './data-files.ts';
import { openDatabase } from './database/open-database.ts';
import { type Deps, timestamp } from './deps.ts';
import { tellOfNewDevice } from './features/accounts/notices.ts';
import { createActivityLog } from './features/activities/activity-log.ts';
import { createPeople } from './features/accounts/people.ts';
import { createPasswords } from './features/accounts/passwords.ts';
import { createRefreshTokens } from './features/accounts/refresh-tokens.ts';
import { createAccessTokens } from './features/accounts/tokens.ts';
import { createUserStore } from './features/accounts/user-store.ts';
import { createSettingsStore, narrower } from './features/admin/settings.ts';
import { createServerStatus } from './features/admin/status.ts';
import type { Caller } from './features/caller.ts';
import { cleanupEveryMs } from './features/cleanup/cleanup-service.ts';
import { createDevices } from './features/devices/service.ts';
import { createDeviceStore } from './features/devices/store.ts';
import { EventsHub } from './features/events/events-hub.ts';
import { registerEvents } from './features/events/events-socket.ts';
import { createMail } from './features/mail/smtp.ts';
import { createRecordings } from './features/recordings/recordings.ts';
import { createServerDescription } from './features/server/description.ts';
import { createIceServers } from './features/server/ice-servers.ts';
import { createDeviceMarks } from './features/sessions/device-marks.ts';
import { createSessionActivity } from './features/sessions/activity.ts';
import { enter, mayRead, onceTookPart } from './features/sessions/gate.ts';
import { createNumberAbove } from './features/sessions/number-above.ts';
import { createPresentSession } from './features/sessions/present-session.ts';
import { createRestate } from './features/sessions/restate.ts';
import { createSessionService } from './features/sessions/session-service.ts';
import { createSessionStore } from './features/sessions/session-store.ts';
import { createStatementChanges } from './features/sessions/statement-changes.ts';
import { createStatementSource } from './features/sessions/statement-source.ts';
import { createCountStore } from './features/statistics/count-store.ts';
import { createPresenceClock } from './features/statistics/presence-clock.ts';
import { createWrittenNotes } from './features/statistics/written-notes.ts';
import { openAuthorityKeys } from './keys/authority-keys.ts';
import { openServerLedger } from './ledger/server-ledger.ts';
import { createAuthenticate } from './plugins/authenticate.ts';
import { createIdempotency } from './plugins/idempotency.ts';
import { registerMetrics } from './plugins/metrics.ts';
import { registerOperations } from './plugins/operation-routes.ts';
import { registerPublicPages } from './plugins/public-pages.ts';
import { createSocketAuth } from './plugins/socket-auth.ts';
import { createUnprovedSockets } from './plugins/unproved-sockets.ts';
import { RelayRooms } from './relay/relay-rooms.ts';
import { registerRelay } from './relay/relay-socket.ts';
import { createServerApp } from './server-app.ts';
import { trackConnections } from './track-connections.ts';
import { createSignalingHub } from './signaling/signaling-hub.ts';
import { registerSignaling } from './signaling/signaling-socket.ts';

const secondMs = 1_000;
/** How long requests under way have to finish when the server stops. */
const drainMs = 5 * secondMs;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

/**
 * What an app says that has the authority inside of it and opens and closes it to others while it runs. A server of its own
 * has none of this: it is for others from the start, at the address of its settings.
 */
export interface Host {
  /** Others reach it: who is first does not become its administrator, and accounts need an invitation. */
  isForOthers(): boolean;
  /** The address that links name; null: that of this computer. */
  url(): string | null;
  /** Somebody who is signed in came or went. */
  peopleChanged(): void;
}

/** The authority, alone or inside the desktop app. */
export interface App {
  /** Answers the address clients use, `http://host:port`; port 0 has become the one that was free. */
  listen(): Promise<string>;
  /** Serves a connection that somebody else accepted, as if it had come to its own address. */
  accept(socket: Socket): void;
  /** Who is signed in and has an app that listens. */
  people(): { id: string; name: string }[];
  /** JWK thumbprint of its key. */
  readonly keyThumbprint: string;
  /** Takes nothing new, finishes what is under way, closes sockets and the database. */
  close(): Promise<void>;
  /** For requests without a network, in tests. */
  readonly fastify: FastifyInstance;
}

function urlOf({ address, family, port }: AddressInfo): string {
  const host = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : family === 'IPv6' ? `[${address}]` : address;
  return `http://${host}:${port}`;
}

const seenBy = (userId: string): Caller => ({ user_id: userId, is_admin: false });

/**
 * Opens data directory, keys and database, and puts the server together; nothing listens yet.
 * @param host the app that it is inside of; null: it runs alone
 */
export async function buildApp(config: ServerConfig, deps: Deps, host: Host | null = null): Promise<App> {
  mkdirSync(config.data_dir, { recursive: true, mode: 0o700 });
  const databasePath = join(config.data_dir, databaseFile);
  // SQLite gives its journals the mode of the database, which holds password hashes.
  closeSync(openSync(databasePath, 'a', 0o600));

  let isStopping = false;
  const app = await createServerApp(config, deps, { isStopping: () => isStopping, hasName: host === null });
  const connections = trackConnections(app.server);
  const keys = await openAuthorityKeys(config.data_dir, deps.random);
  const passwords = await createPasswords(deps.random);
  const db = openDatabase(databasePath, timestamp(deps.clock));

  const users = createUserStore(db);
  const devices = createDeviceStore(db);
  const sessions = createSessionStore(db);
  const accessTokens = createAccessTokens(keys.tokenSecret, deps.clock, deps.random);
  const refreshTokens = createRefreshTokens(db, deps, keys.tokenSecret);
  const isFirstWelcome = () => host?.isForOthers() !== true;
  const settings = createSettingsStore(db, () => (isFirstWelcome() ? config.registration : narrower(config.registration, 'invited')));
  const idempotency = createIdempotency(db, deps);
  const auth = createSocketAuth(accessTokens, users, devices);
  const unproved = createUnprovedSockets();
  const changes = createStatementChanges();
  const onFailure = (error: unknown) => app.log.error({ err: error }, 'unforeseen');
  const noteDeviceSeen = (deviceId: string): void => {
    try {
      devices.noteSeen(deviceId, timestamp(deps.clock));
    } catch (error) {
      // A disk that takes no date keeps nobody out.
      onFailure(error);
    }
  };

  const activities = createActivityLog(db, deps);
  const counts = createCountStore(db);
  const presence = createPresenceClock({ db, deps, sessions, counts, onFailure });
  const isReader = (sessionId: string, userId: string) => mayRead(sessions, sessionId, userId);
  const recordings = createRecordings({
    db,
    deps,
    sessions,
    activities,
    ledger: {
      lastNumber: (sessionId) => ledger.recorded.lastNumber(sessionId),
      events: (sessionId, from, to) => ledger.recorded.events(sessionId, from, to),
      newestCheckpoint: (sessionId) => ledger.recorded.newestCheckpoint(sessionId),
      stretch: (sessionId, after, to) => ledger.recorded.stretch(sessionId, after, to),
      songsAt: (sessionId, numbers) => ledger.recorded.songsAt(sessionId, numbers),
    },
    presentUsers: (sessionId) => ledger.presentUsers(sessionId),
    changed: (sessionId) => events.sessionChanged(sessionId),
    onFailure: (error) => app.log.error({ err: error }, 'recording'),
  });
  const { recorder } = recordings;
  // The ledger hears of a new statement first: what signaling then cuts off is already refused there.
  const ledger = openServerLedger({
    deps,
    log: app.log,
    db,
    keys,
    statements: createStatementSource(db, sessions, deps.clock),
    activity: createSessionActivity({ db, deps, sessions }, createWrittenNotes({ db, deps, activities, counts }), {
      note(sessionId, here) {
        // Who is there is in the list of participants.
        if (presence.note(sessionId, here)) events.sessionChanged(sessionId);
        recorder.notePresence(sessionId, here);
      },
    }),
    auth,
    recording: recorder,
    unproved,
    marks: createDeviceMarks({ db, sessions, changes }),
    numberAbove: createNumberAbove({ db, sessions, changes }),
    mayHear: (sessionId, userId) => onceTookPart(sessions, sessionId, userId),
    wake: (sessionId, userId) => sessionService.wake(sessionId, userId),
    noteDeviceSeen,
  });
  const signaling = createSignalingHub(isReader);
  changes.listen((sessionId) => ledger.statementChanged(sessionId));
  changes.listen((sessionId) => signaling.statementChanged(sessionId));

  const present = createPresentSession(
    db,
    sessions,
    (id) => recorder.isRecording(id),
    () => timestamp(deps.clock),
  );
  const mail = createMail(config, app.log);
  const sessionService = createSessionService({
    db,
    deps,
    users,
    sessions,
    present,
    changes,
    ledger,
    content: ledger.content,
    archive: ledger.archive,
    activities,
    recordings,
    bounds: () => settings.current(),
    mail,
    place: () => ({
      server: host?.url() ?? (config.public_url === '' ? urlOf(app.server.address() as AddressInfo) : config.public_url),
      key: keys.thumbprint,
    }),
    invitationChanged: (email) => events.invitationChanged(email),
    waysChanged: (sessionId) => events.sessionChanged(sessionId),
  });
  const closeSockets = (deviceId: string) => signaling.closeDevice(deviceId);
  const people = createPeople({
    db,
    deps,
    config,
    users,
    sessions,
    activities,
    recordings,
    changes,
    ledger,
    settings,
    mail,
    devices,
    passwords,
    accessTokens,
    refreshTokens,
    keyThumbprint: keys.thumbprint,
    welcome: { ...sessionService.welcome, isFirstWelcome },
    join: sessionService.handlers.joinByCode,
    restate: createRestate({ db, sessions, changes }),
    closeSockets,
    closeUser: (userId) => events.closeUser(userId),
    onFailure,
  });
  people.appointAdministrator();

  const events = new EventsHub({
    timers: deps.timers,
    random: deps.random,
    getSession: async (id, userId) => {
      const { session, participant } = enter(sessions, id, userId, 'read');
      return present(session, participant);
    },
    listParticipants: async (id, userId) => (await sessionService.handlers.listParticipants({ id }, seenBy(userId))).items,
    sessionsOf: (userId, everTookPart) => (everTookPart ? sessions.everSessionsOf(userId) : sessions.sessionsOf(userId)),
    usersOf: (id) => sessions.participants(id).map((row) => row.user_id),
    emailOf: (userId) => users.byId(userId)?.email ?? null,
    userOf: (email) => users.byEmail(email)?.id ?? null,
    onFailure,
    peopleChanged: () => host?.peopleChanged(),
  });
  changes.listen((sessionId) => events.sessionChanged(sessionId));
  changes.listen((sessionId) => recorder.sessionChanged(sessionId));
  const figures = registerMetrics(app, {
    token: config.metrics_token,
    db,
    databasePath,
    sockets: () => ({ signaling: signaling.size(), ledger: ledger.linkCount(), events: events.size }),
  });

  registerPublicPages(app, { name: config.name, jwk: keys.jwk, db, isStopping: () => isStopping });
  registerOperations(app, {
    authenticate: createAuthenticate(accessTokens, users),
    idempotency,
    handlers: {
      ...createServerDescription({ config, settings, mail, keys }),
      ...createIceServers(config, deps.clock),
      ...people.handlers,
      ...createServerStatus({ config, deps, users, mail, figures }),
      ...createDevices({
        db,
        deps,
        sessions,
        changes,
        ledger,
        devices,
        thumbprintBytes: keys.thumbprintBytes,
        verifier: new Verifier(),
        tellOfNewDevice: (userId, name) => {
          const email = users.byId(userId)?.email ?? null;
          if (email !== null) tellOfNewDevice(mail, email, name);
        },
        closeSockets,
      }),
      ...sessionService.handlers,
    },
  });
  registerSignaling(app, {
    clock: deps.clock,
    timers: deps.timers,
    auth,
    unproved,
    hub: signaling,
    mayRead: isReader,
    noteDeviceSeen,
    log: app.log,
  });
  registerEvents(app, { clock: deps.clock, timers: deps.timers, auth, unproved, hub: events, log: app.log });
  ledger.register(app);
  if (config.relay) {
    const { clock, timers, random } = deps;
    registerRelay(app, {
      rooms: new RelayRooms(),
      unproved,
      clock,
      timers,
      random,
      verifier: new Verifier(),
      thumbprint: keys.thumbprintBytes,
      log: app.log,
    });
  }

  /** A failing chore is logged and tried again next time; it must not end the server. */
  const chore = (everyMs: number, work: () => void) =>
    deps.timers.every(everyMs, () => {
      try {
        work();
      } catch (error) {
        app.log.error({ err: error }, 'chore');
      }
    });
  const stopChores = [
    chore(5 * secondMs, () => sessionService.startDue()),
    chore(minuteMs, () => presence.tick()),
    chore(cleanupEveryMs, () => void sessionService.cleanUp().catch(onFailure)),
    chore(hourMs, () => {
      people.hourly();
      idempotency.removeOld();
      db.emptyLog();
    }),
  ];

  let closing: Promise<void> | null = null;
  async function close(): Promise<void> {
    isStopping = true;
    for (const stop of stopChores) stop();
    const stopWaiting = deps.timers.after(drainMs, () => connections.destroyAll());
    await app.close();
    stopWaiting();
    await sessionService.close();
    mail.close();
    events.close();
    await ledger.close();
    recorder.close();
    db.close();
  }
  return {
    fastify: app,
    async listen() {
      await app.listen({ host: config.host, port: config.port });
      return urlOf(app.server.address() as AddressInfo);
    },
    // Node's own way to serve a connection that it did not accept itself.
    accept: (socket) => void app.server.emit('connection', socket),
    people: () =>
      events
        .people()
        .flatMap((id) => users.byId(id) ?? [])
        .map(({ id, name }) => ({ id, name })),
    keyThumbprint: keys.thumbprint,
    close: () => (closing ??= close()),
  };
}
