import type { Database } from 'better-sqlite3';
import { Fault } from '../../../shared/base/errors.ts';
import { keptDraftSchema } from '../../../shared/ipc/contract.ts';
import { unsaidWordsSchema } from '../../../shared/ledger/unsaid-words.ts';
import type { CoreHandlers } from '../answer-call.ts';

type DraftHandlers = Pick<CoreHandlers, Extract<keyof CoreHandlers, `drafts.${string}`>>;

interface DraftCallsParts {
  db: Database;
  /** Whose drafts they are; null: nobody is signed in. */
  userId: () => string | null;
  /** The lists that mark sessions with drafts are to be asked for again. */
  changed: () => void;
}

/** What a person did with their drafts. The drafts themselves are derived from the ledger; kept is only what it no longer holds. R-LOC-3. */
export function createDraftCalls({ db, userId, changed }: DraftCallsParts): DraftHandlers {
  const selectMarks = db.prepare<[string, string], { mark: string }>('SELECT mark FROM draft_marks WHERE session_id = ? AND user_id = ?');
  const insertMark = db.prepare('INSERT OR IGNORE INTO draft_marks (session_id, user_id, mark) VALUES (?, ?, ?)');
  const deleteMark = db.prepare('DELETE FROM draft_marks WHERE session_id = ? AND user_id = ? AND mark = ?');
  const upsertKept = db.prepare(
    `INSERT INTO kept_drafts (session_id, user_id, song_id, first_mark, draft) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (session_id, user_id, song_id, first_mark) DO UPDATE SET draft = excluded.draft`,
  );
  const selectKept = db.prepare<[string, string], { draft: string }>(
    'SELECT draft FROM kept_drafts WHERE session_id = ? AND user_id = ? ORDER BY song_id, first_mark',
  );
  const insertWords = db.prepare('INSERT OR IGNORE INTO unsaid_words (session_id, user_id, hash, words) VALUES (?, ?, ?, ?)');
  const selectWords = db.prepare<[string, string], { words: string }>(
    'SELECT words FROM unsaid_words WHERE session_id = ? AND user_id = ? ORDER BY place',
  );
  const upsertCount = db.prepare(
    `INSERT INTO draft_counts (session_id, user_id, change_count) VALUES (?, ?, ?)
     ON CONFLICT (session_id, user_id) DO UPDATE SET change_count = excluded.change_count WHERE change_count <> excluded.change_count`,
  );
  const deleteCount = db.prepare('DELETE FROM draft_counts WHERE session_id = ? AND user_id = ?');
  const selectCounts = db.prepare<[string], { session_id: string; change_count: number }>(
    'SELECT session_id, change_count FROM draft_counts WHERE user_id = ? ORDER BY session_id',
  );

  const owner = (): string => {
    const id = userId();
    if (id === null) throw new Fault('unauthorized');
    return id;
  };
  const inOne = (run: () => void): null => {
    db.transaction(run)();
    return null;
  };

  return {
    'drafts.dismissed': ({ session_id }) => ({ marks: selectMarks.all(session_id, owner()).map(({ mark }) => mark) }),
    'drafts.dismiss': ({ session_id, marks }) => {
      const user = owner();
      return inOne(() => {
        for (const mark of marks) insertMark.run(session_id, user, mark);
      });
    },
    'drafts.restore': ({ session_id, marks }) => {
      const user = owner();
      return inOne(() => {
        for (const mark of marks) deleteMark.run(session_id, user, mark);
      });
    },
    'drafts.keep': ({ session_id, drafts }) => {
      const user = owner();
      return inOne(() => {
        for (const draft of drafts) upsertKept.run(session_id, user, draft.song_id, draft.marks[0], JSON.stringify(draft));
      });
    },
    'drafts.kept': ({ session_id }) => selectKept.all(session_id, owner()).map(({ draft }) => keptDraftSchema.parse(JSON.parse(draft))),
    'drafts.keep_words': ({ session_id, words }) => {
      const user = owner();
      return inOne(() => {
        for (const each of words) insertWords.run(session_id, user, each.hash, JSON.stringify(each));
      });
    },
    'drafts.kept_words': ({ session_id }) =>
      selectWords.all(session_id, owner()).map(({ words }) => unsaidWordsSchema.parse(JSON.parse(words))),
    'drafts.note': ({ session_id, change_count }) => {
      const user = owner();
      const { changes } = change_count === 0 ? deleteCount.run(session_id, user) : upsertCount.run(session_id, user, change_count);
      if (changes > 0) changed();
      return null;
    },
    'drafts.sessions': () => {
      const user = userId();
      return user === null ? [] : selectCounts.all(user);
    },
  };
}
