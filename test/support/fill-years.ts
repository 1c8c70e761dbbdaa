import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { makeUuid } from '../../shared/base/ids.ts';
import { systemRandom } from '../../src-main/core/system.ts';

/** Years of one person, by rows: as many sessions again of the one there is, and as much done in each. */
export function fillYears(
  dataDir: string,
  userId: string,
  sessionId: string,
  { sessions, doneInEach }: { sessions: number; doneInEach: number },
) {
  const db = new BetterSqlite3(join(dataDir, 'chordme.db'));
  const activity = db.prepare(
    `INSERT INTO activities (id, session_id, type, actor_id, details, is_private, created_at, address, user_agent)
     VALUES (?, ?, 'participant_joined', ?, '{}', 0, '2026-01-02T03:04:05.000Z', '192.0.2.7', ?)`,
  );
  // Few and long ones: what is parsed is counted by rows, what an answer may have by bytes.
  const userAgent = 'Mozilla/5.0 (X11; Linux x86_64) '.repeat(64);
  db.transaction(() => {
    for (let at = 0; at < sessions; at++) {
      const id = makeUuid(Date.now() + at, systemRandom);
      db.exec('CREATE TEMP TABLE another AS SELECT * FROM sessions LIMIT 0');
      db.prepare('INSERT INTO another SELECT * FROM sessions WHERE id = ?').run(sessionId);
      db.prepare('UPDATE another SET id = ?').run(id);
      db.exec('INSERT INTO sessions SELECT * FROM another; DROP TABLE another');
      for (let row = 0; row < doneInEach; row++) activity.run(makeUuid(Date.now(), systemRandom), id, userId, userAgent);
    }
  })();
  db.close();
}
