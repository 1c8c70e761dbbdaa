import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { makeUuid } from '../shared/base/ids.ts';
import { builtInTemplates } from '../shared/session/templates.ts';
import { openDatabase } from '../src-server/database/open-database.ts';

/** How much is on disk; people take part in as many sessions each, whatever the size. */
export interface Size {
  sessions: number;
  users: number;
  activitiesEach: number;
}

/** Who takes part in a session besides its owner. */
const others = 3;
const random = (length: number) => new Uint8Array(randomBytes(length));
const dayMs = 24 * 60 * 60 * 1_000;
const codeOf = (at: number) => at.toString(16).toUpperCase().replaceAll('0', 'X').replaceAll('1', 'Y').padStart(8, 'Z');

/**
 * Fills the database of a server that is stopped, as years of use would: by rows, since a hundred thousand sessions by REST
 * take a day. `me` takes part in forty of them. Answers one that I am in, and codes of others that I am not in.
 */
export function fill(dataDir: string, { sessions, users, activitiesEach }: Size, me: string): { mine: string; codes: string[] } {
  const now = Date.now();
  const db = openDatabase(join(dataDir, 'chordme.db'), new Date(now).toISOString());
  const { raw } = db;
  raw.pragma('synchronous = OFF');
  const [template] = builtInTemplates;
  if (template === undefined) throw new Error('no template');
  const people = [me, ...Array.from({ length: users - 1 }, (_, at) => makeUuid(now - at, random))];
  const user = raw.prepare(
    `INSERT INTO users (id, email, name, color, password_hash, is_admin, created_at) VALUES (?, ?, ?, '#0072b2', '', 0, ?)`,
  );
  const session = raw.prepare(`INSERT INTO sessions (
      id, name, description, status, is_dormant, access_mode, category, template_id, default_role, max_participants, auto_recording,
      is_activity_private, permission_table, role_labels, song_title, song_artist, created_at, started_at, last_activity_at,
      auto_cleanup_after, archive_after, epoch, generation
    ) VALUES (
      ?, ?, '', 'active', 0, 'link-access', 'rehearsal', 'band-practice', 'editor', 50, 0,
      0, ?, ?, 'Silent Night', '', ?, ?, ?,
      2592000, 2592000, 1, 1
    )`);
  const participant = raw.prepare(
    `INSERT OR IGNORE INTO participants (session_id, user_id, role, status, color, joined_at, last_seen_at)
     VALUES (?, ?, ?, 'joined', '#0072b2', ?, ?)`,
  );
  const link = raw.prepare(
    `INSERT INTO join_links (id, session_id, code, role, created_by, created_at, expires_at, uses, admits_guests)
     VALUES (?, ?, ?, 'editor', ?, ?, ?, 0, 1)`,
  );
  const activity = raw.prepare(
    `INSERT INTO activities (id, session_id, type, actor_id, details, is_private, created_at, address, user_agent)
     VALUES (?, ?, 'participant_joined', ?, '{}', 0, ?, '127.0.0.1', 'bench')`,
  );
  const mine: string[] = [];
  const codes: string[] = [];
  const isMine = (at: number) => at % users < 1 + others;

  raw.transaction(() => {
    for (const [at, id] of people.entries()) if (id !== me) user.run(id, `p${at}@example.org`, `Person ${at}`, new Date(now).toISOString());
    for (let at = 0; at < sessions; at++) {
      // One after the other over a fortnight that ended yesterday: within the time after which cleanup would end one while it is measured.
      const made = new Date(now - dayMs - ((sessions - at) * 13 * dayMs) / sessions).toISOString();
      const id = makeUuid(Date.parse(made), random);
      session.run(id, `Rehearsal ${at}`, JSON.stringify(template.permissions), JSON.stringify(template.role_labels), made, made, made);
      for (let seat = 0; seat <= others; seat++) {
        const who = people[(((at - seat) % users) + users) % users] ?? me;
        participant.run(id, who, seat === 0 ? 'owner' : 'editor', made, made);
      }
      link.run(makeUuid(now, random), id, codeOf(at), me, made, new Date(now + 30 * dayMs).toISOString());
      for (let row = 0; row < activitiesEach; row++) {
        const then = new Date(Date.parse(made) + row * 1_000).toISOString();
        activity.run(makeUuid(Date.parse(then), random), id, people[(at + row) % users], then);
      }
      if (isMine(at)) mine.push(id);
      else if (codes.length < 2_000 && at % 3 === 0) codes.push(codeOf(at));
    }
  })();
  raw.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  return { mine: mine[mine.length >> 1] ?? '', codes };
}
