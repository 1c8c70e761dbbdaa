import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import type { InputOf, OperationName, OutputOf } from '../../shared/api/operations.ts';
import { callApi } from './api-client.ts';
import { LedgerClient, ledgerPerson, placeOf, until } from './ledger-client.ts';
import { createSession, expectDone, registerUser, testPassword } from './server.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

export interface KillLoopReport {
  rounds: number;
  /** Writes that were answered, by what they were. */
  acknowledged: Record<string, number>;
  /** From the start of the process to its ready line. */
  startsMs: number[];
  /** What was acknowledged and is not there. */
  lost: string[];
  /** Answers of `PRAGMA integrity_check` other than ok. */
  damage: string[];
}

const songId = '01900000-0000-7000-8000-00000000000a';
/** Entries on their way at once of who types. Without a bound it is no load but a race of the loop's own ledger against the server's. */
const typedAtOnce = 4;

/** Somebody who writes by REST and remembers what was answered. */
class Writer {
  readonly #url: string;
  readonly #count: (what: string) => void;
  readonly name: string;
  #token = '';
  /** As an app keeps it on disk: the last token that was answered, and the attempt that is under way. */
  #refresh = '';
  #attempt = '';
  #at = 0;
  /** Names that each may have: what was answered last, and what was asked for since. */
  readonly sessions = new Map<string, string[]>();
  readonly entries: { session: string; hash: string }[] = [];
  readonly templates: string[] = [];
  readonly accounts: string[] = [];
  /** The song's text as it was answered last, and what was asked for since. */
  text: { session: string; known: string; asked: string } | null = null;

  constructor(url: string, name: string, count: (what: string) => void) {
    this.#url = url;
    this.name = name;
    this.#count = count;
  }

  async enter(): Promise<void> {
    const { credentials } = await registerUser(this.#url, this.name);
    [this.#token, this.#refresh] = [credentials.access_token, credentials.refresh_token];
    await this.#newSession();
  }

  async #call<N extends OperationName>(name: N, input: InputOf<N>): Promise<OutputOf<N>> {
    const body = expectDone(await callApi(this.#url, name, input, this.#token));
    this.#count(name);
    return body;
  }

  /** Throws when the last token that was answered is worth nothing. */
  async renew(): Promise<void> {
    if (this.#attempt === '') this.#attempt = randomBytes(32).toString('base64url');
    const next = await this.#call('refresh', { refresh_token: this.#refresh, attempt: this.#attempt });
    [this.#token, this.#refresh, this.#attempt] = [next.access_token, next.refresh_token, ''];
  }

  async #newSession(): Promise<void> {
    const name = `${this.name} ${this.sessions.size}`;
    const chordpro = `{title: ${name}}\n`;
    const { id } = await this.#call('createSession', { name, song: { id: songId, title: name, chordpro } });
    this.sessions.set(id, [name]);
    this.text = { session: id, known: chordpro, asked: chordpro };
  }

  async #write(): Promise<void> {
    const id = [...this.sessions.keys()].at(-1) ?? '';
    const at = this.#at++;
    switch (at % 9) {
      case 0:
        return this.#newSession();
      case 1: {
        const name = `${this.name} renamed ${at}`;
        this.sessions.set(id, [...(this.sessions.get(id) ?? []), name]);
        await this.#call('updateSession', { id, name });
        this.sessions.set(id, [name]);
        return;
      }
      case 2:
      case 3:
      case 4:
        this.entries.push({ session: id, hash: (await this.#call('sendMessage', { id, text: `Bar ${at}` })).id });
        return;
      case 5:
        this.entries.push({
          session: id,
          hash: (await this.#call('addComment', { id, text: 'Hm', anchor: { song_id: songId, start: 0, end: 5 } })).id,
        });
        return;
      case 6: {
        if (this.text === null) return;
        const asked = `${this.text.known}[C]la ${at}\n`;
        this.text.asked = asked;
        await this.#call('replaceDocument', { id: this.text.session, song_id: songId, chordpro: asked });
        this.text.known = asked;
        return;
      }
      case 7:
        await this.renew();
        return;
      default: {
        const email = `${this.name}.${at}@example.org`.toLowerCase();
        if (at % 4 === 0) {
          await this.#call('register', { email, password: testPassword });
          this.accounts.push(email);
        } else {
          const { items } = await this.#call('listTemplates', {});
          const [any] = items;
          if (any === undefined || this.templates.length > 90) return;
          const { id: _id, is_built_in: _builtIn, is_mine: _mine, owner_name: _name, uses: _uses, ...values } = any;
          this.templates.push((await this.#call('createTemplate', { ...values, is_shared: false })).id);
        }
      }
    }
  }

  /** One write after another until the server is gone. */
  async writeAlways(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      try {
        await this.#write();
      } catch (error) {
        // A connection that broke; a refusal is a failure of the load.
        if (!isOver() && !(error instanceof TypeError)) throw error;
      }
    }
  }

  /** What was answered and is not there. */
  async missing(db: BetterSqlite3.Database): Promise<string[]> {
    const lost: string[] = [];
    const has = (what: string, sql: string, ...parameters: unknown[]) => {
      if (db.prepare(sql).get(...parameters) === undefined) lost.push(`${this.name}: ${what}`);
    };
    for (const [id, names] of this.sessions) {
      const name = db.prepare<[string], string>('SELECT name FROM sessions WHERE id = ?').pluck().get(id);
      if (name === undefined || !names.includes(name)) lost.push(`${this.name}: session ${names.join(' or ')}`);
    }
    for (const id of this.templates) has(`template ${id}`, 'SELECT 1 FROM templates WHERE id = ?', id);
    for (const email of this.accounts) has(`account ${email}`, 'SELECT 1 FROM users WHERE email = ?', email);
    for (const [session, said] of Map.groupBy(this.entries, (entry) => entry.session)) {
      const there = hashesOf(db, session);
      lost.push(...said.filter(({ hash }) => !there.has(hash)).map(({ hash }) => `${this.name}: entry ${hash}`));
    }
    await this.renew().catch((error: unknown) => lost.push(`${this.name}: sign-in, ${String(error)}`));
    if (this.text !== null) {
      const { session, known, asked } = this.text;
      const { content } = await this.#call('getDocument', { id: session, song_id: songId, format: 'chordpro' });
      if (content !== known && content !== asked) lost.push(`${this.name}: the text of ${session}`);
      else this.text.known = content;
    }
    return lost;
  }
}

function hashesOf(db: BetterSqlite3.Database, session: string): Set<string> {
  const hashes = db.prepare<[string], Buffer>('SELECT hash FROM ledger_entries WHERE session_id = ?').pluck().all(session);
  return new Set(hashes.map((hash) => hash.toString('hex')));
}

/**
 * A server under mixed load by REST and over the ledger is killed (SIGKILL: the machine and its page cache live on, what was
 * not synced is not lost by it), started again, and asked for everything that it ever acknowledged; again and again.
 * @param isOver asked after each round
 * @param writes how many are acknowledged in this round before the end comes, in the middle of others
 */
export async function runKillLoop(
  dataDir: string,
  { isOver, writes }: { isOver: (round: number) => boolean; writes: (round: number) => number },
): Promise<KillLoopReport> {
  const report: KillLoopReport = { rounds: 0, acknowledged: {}, startsMs: [], lost: [], damage: [] };
  let acknowledged = 0;
  const count = (what: string) => {
    acknowledged += 1;
    report.acknowledged[what] = (report.acknowledged[what] ?? 0) + 1;
  };
  const start = async (port: string): Promise<ServerProcess> => {
    const began = performance.now();
    const environment = { CHORDME_PORT: port, CHORDME_DATA_DIR: dataDir, CHORDME_RATE_LIMITS: 'off', CHORDME_LOG_LEVEL: 'warn' };
    const process = await startServerProcess(environment);
    report.startsMs.push(performance.now() - began);
    return process;
  };
  let server = await start('0');
  const { url } = server;
  const { port } = new URL(url);
  const writers = ['Ada', 'Ben', 'Cleo'].map((name) => new Writer(url, name, count));
  for (const writer of writers) await writer.enter();
  const dan = await ledgerPerson(url, 'Dan');
  const session = await createSession(url, dan.user, { song: { id: songId, title: 'La', chordpro: 'la\n' } });
  const client = new LedgerClient(await placeOf(url), dan, session.id, songId);
  const db = new BetterSqlite3(join(dataDir, 'chordme.db'), { readonly: true });

  try {
    do {
      let isKilled = false;
      const hasEnded = (): boolean => isKilled;
      await client.online();
      const typing = (async () => {
        for (let at = 0; !hasEnded(); at++) {
          client.type((at * 13) % (client.text.length + 1), `${at} `);
          await client.author.flush();
          // As the others do: what was answered first, then the next.
          if (at % typedAtOnce === 0) await until(() => hasEnded() || client.isSettled, 'typed words get their records');
        }
      })();
      const load = writers.map((writer) => writer.writeAlways(hasEnded));
      const enough = acknowledged + writes(report.rounds);
      const isEnough = (): boolean => acknowledged >= enough;
      while (!isEnough()) {
        // How many a second they are is the machine's affair; none at all is not.
        const had = acknowledged;
        await Promise.race([until(() => acknowledged > had, 'a write under load'), ...load, typing]);
      }
      isKilled = true;
      await server.kill();
      await Promise.all([...load, typing]);
      await until(() => !client.isLinked, 'the link is lost');
      server = await start(port);
      report.rounds += 1;
      const answers = db.pragma('integrity_check') as { integrity_check: string }[];
      report.damage.push(...answers.map((row) => row.integrity_check).filter((answer) => answer !== 'ok'));
      for (const writer of writers) report.lost.push(...(await writer.missing(db)));
      const there = hashesOf(db, session.id);
      const numbered = client.records.filter(({ verdict }) => verdict === 0);
      report.acknowledged['ledger entries'] = numbered.length;
      report.lost.push(...numbered.filter(({ hash }) => !there.has(hash)).map(({ n }) => `Dan: record ${n}`));
    } while (!isOver(report.rounds));
    return report;
  } finally {
    db.close();
    await client.close();
    await server.kill();
  }
}
