import { permissions } from '../../../shared/session/roles.ts';
import type { Session } from '../../../shared/session/schemas.ts';
import { systemTimers } from '../../../src-server/system-timers.ts';
import { callApi } from '../../support/api-client.ts';
import { FakeTime } from '../../support/fake-time.ts';
import { type Mailbox, openMailbox } from '../../support/mailbox.ts';
import {
  createSession,
  expectDone,
  registerDevice,
  registerUser,
  startTestServer,
  type TestDevice,
  testPassword,
  type TestServer,
  type TestUser,
} from '../../support/server.ts';
import { type Actor, actors } from './table.ts';

const minuteMs = 60_000;

/** A session with everything in it that an operation can be about. */
export interface Lesson {
  session: Session;
  code: string;
  song: string;
  comment: string;
  message: string;
  link: string;
  invitation: string;
  /** One that has ended; empty where the session is still to begin. */
  recording: string;
}

type Known = Exclude<Actor, 'anonymous'>;

/** A real server with its people; lessons are made as they are needed, since each that something was done to is used up. */
export class School {
  readonly server: TestServer;
  readonly people: Record<Known, TestUser>;
  readonly revokedDevice: TestDevice;
  /** The owner's. */
  readonly template: string;
  readonly device: string;
  readonly #mailbox: Mailbox;
  #songs = 0;

  private constructor(
    server: TestServer,
    mailbox: Mailbox,
    people: Record<Known, TestUser>,
    own: Pick<School, 'revokedDevice' | 'template' | 'device'>,
  ) {
    this.server = server;
    this.#mailbox = mailbox;
    this.people = people;
    this.revokedDevice = own.revokedDevice;
    this.template = own.template;
    this.device = own.device;
  }

  static async open(): Promise<School> {
    const time = new FakeTime();
    const mailbox = await openMailbox();
    const server = await startTestServer({
      environment: { CHORDME_SMTP_URL: mailbox.url, CHORDME_MAIL_FROM: 'band@example.org' },
      // No chore comes between, and no token ends on a slow machine.
      time: { ...systemTimers, now: () => time.now(), every: (ms, run) => time.every(ms, run) },
    });
    const { url } = server;
    // Who comes first is the administrator.
    const names = actors.filter((actor): actor is Known => actor !== 'anonymous' && actor !== 'expired');
    const users = new Map<Known, TestUser>();
    for (const name of ['admin', ...names.filter((one) => one !== 'admin')] as const) users.set(name, await registerUser(url, name));
    const owner = users.get('owner');
    if (owner === undefined) throw new Error('no owner');
    // Their first tokens end after a quarter of an hour, and twenty minutes go by.
    users.set('expired', { ...owner });
    time.advance(20 * minuteMs);
    for (const name of names) {
      const user = users.get(name);
      const email = user?.credentials.user.email ?? '';
      const credentials = expectDone(await callApi(url, 'login', { email, password: testPassword }));
      users.set(name, { id: credentials.user.id, token: credentials.access_token, credentials });
    }
    const people = Object.fromEntries(users) as Record<Known, TestUser>;
    const revokedDevice = await registerDevice(url, people.revoked);
    const { device_id } = revokedDevice;
    await callApi(url, 'revokeDevice', { device_id }, people.revoked.token);
    const { device_id: device } = await registerDevice(url, people.owner);
    const { items } = expectDone(await callApi(url, 'listTemplates', {}, people.owner.token));
    const [any] = items;
    if (any === undefined) throw new Error('no template');
    const { id: _id, is_built_in: _builtIn, is_mine: _mine, is_shared: _shared, owner_name: _name, uses: _uses, ...values } = any;
    const { id: template } = expectDone(await callApi(url, 'createTemplate', values, people.owner.token));
    return new School(server, mailbox, people, { revokedDevice, template, device });
  }

  tokenOf(actor: Actor): string | undefined {
    return actor === 'anonymous' ? undefined : this.people[actor].token;
  }

  /** Anew, after all their sign-ins were ended. */
  async signIn(actor: Actor): Promise<void> {
    if (actor === 'anonymous') return;
    const email = this.people[actor].credentials.user.email ?? '';
    const credentials = expectDone(await callApi(this.server.url, 'login', { email, password: testPassword }));
    this.people[actor] = { ...this.people[actor], token: credentials.access_token };
  }

  /** @param input `startsAt`: it is still to begin; `isWide`: its editors may everything */
  async lesson({
    startsAt,
    isWide = false,
    owner = 'owner',
  }: { startsAt?: string; isWide?: boolean; owner?: Known } = {}): Promise<Lesson> {
    const { url } = this.server;
    const by = this.people[owner];
    const song = `01900000-0000-7000-8000-${String(++this.#songs).padStart(12, '0')}`;
    const session = await createSession(url, by, {
      template_id: 'music-lesson',
      max_participants: 50,
      song: { id: song, title: 'Night', chordpro: 'Silent night' },
      ...(startsAt !== undefined && { starts_at: startsAt }),
    });
    const { id } = session;
    const code = async (role: 'editor' | 'commenter' | 'viewer') => expectDone(await callApi(url, 'createLink', { id, role }, by.token));
    const seats = { editor: ['editor', 'manager', 'revoked'], commenter: ['commenter'], viewer: ['viewer', 'removed', 'banned'] } as const;
    for (const role of ['editor', 'commenter', 'viewer'] as const) {
      const made = await code(role);
      for (const name of owner === 'owner' ? seats[role] : [])
        expectDone(await callApi(url, 'joinByCode', { code: made.code }, this.people[name].token));
    }
    if (owner === 'owner') {
      await callApi(url, 'removeParticipant', { id, user_id: this.people.removed.id }, by.token);
      expectDone(await callApi(url, 'banParticipant', { id, user_id: this.people.banned.id }, by.token));
    }
    const email = this.people.invited.credentials.user.email ?? '';
    const { invited } = expectDone(await callApi(url, 'invite', { id, users: [{ email, role: 'viewer' }] }, by.token));
    const anchor = { song_id: song, start: 0, end: 6 };
    const comment = expectDone(await callApi(url, 'addComment', { id, text: 'Softer', anchor }, by.token)).id;
    const message = expectDone(await callApi(url, 'sendMessage', { id, text: 'Ready?' }, by.token)).id;
    const link = await code('viewer');
    const recording = startsAt === undefined ? await this.#record(id, by) : '';
    const all = [...permissions];
    if (isWide) {
      const permission_table = { editor: all, commenter: ['read' as const], viewer: ['read' as const] };
      expectDone(await callApi(url, 'updateSession', { id, permission_table }, by.token));
    }
    return { session, code: link.code, song, comment, message, link: link.id, invitation: invited[0]?.id ?? '', recording };
  }

  async #record(id: string, { token }: TestUser): Promise<string> {
    expectDone(await callApi(this.server.url, 'startRecording', { id }, token));
    return expectDone(await callApi(this.server.url, 'stopRecording', { id }, token)).recording_id;
  }

  async close(): Promise<void> {
    await this.server.close();
    await this.#mailbox.close();
  }
}
