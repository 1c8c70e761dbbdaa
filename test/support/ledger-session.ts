import { onTestFinished } from 'vitest';
import { callApi } from './api-client.ts';
import { ledgerPerson, LedgerClient, type LedgerPerson, type Place, placeOf } from './ledger-client.ts';
import { createSession, expectDone, startTestServer } from './server.ts';

export const testSongId = '0198f000-0000-7000-8000-0000000000aa';

/** A session on a real server, and the people who are in it. */
export class LedgerSession {
  readonly place: Place;
  readonly id: string;
  readonly code: string;
  readonly owner: LedgerPerson;
  readonly clients: LedgerClient[] = [];

  private constructor(place: Place, id: string, code: string, owner: LedgerPerson) {
    this.place = place;
    this.id = id;
    this.code = code;
    this.owner = owner;
  }

  /** With a song whose text is `chordpro`. In the template Music Lesson joiners are viewers, in Band Practice editors. */
  static async open(url: string, { template = 'band-practice', chordpro = '' } = {}): Promise<LedgerSession> {
    const place = await placeOf(url);
    const owner = await ledgerPerson(url, 'Ann');
    const song = { id: testSongId, title: 'Silent Night', chordpro: chordpro === '' ? '\n' : chordpro };
    const session = await createSession(url, owner.user, { template_id: template, song, max_participants: 50 });
    const opened = new LedgerSession(place, session.id, session.join_code, owner);
    onTestFinished(() => opened.close());
    return opened;
  }

  async join(name: string): Promise<LedgerPerson> {
    const person = await ledgerPerson(this.place.url, name);
    expectDone(await callApi(this.place.url, 'joinByCode', { code: this.code }, person.user.token));
    return person;
  }

  async setRole(person: LedgerPerson, role: 'editor' | 'commenter' | 'viewer'): Promise<void> {
    expectDone(await callApi(this.place.url, 'changeRole', { id: this.id, user_id: person.user.id, role }, this.owner.user.token));
  }

  /** A window of the person, not linked yet. */
  window(person: LedgerPerson, awarenessClient = 100 + this.clients.length): LedgerClient {
    const client = new LedgerClient(this.place, person, this.id, testSongId, awarenessClient);
    this.clients.push(client);
    return client;
  }

  async online(person: LedgerPerson, awarenessClient?: number): Promise<LedgerClient> {
    const client = this.window(person, awarenessClient);
    await client.online();
    return client;
  }

  async close(): Promise<void> {
    for (const client of this.clients) await client.close();
  }
}

/** The same on a server of its own, which goes away with the test. */
export async function openLedgerSession(options: { template?: string; chordpro?: string } = {}): Promise<LedgerSession> {
  const server = await startTestServer();
  onTestFinished(() => server.close());
  return LedgerSession.open(server.url, options);
}
