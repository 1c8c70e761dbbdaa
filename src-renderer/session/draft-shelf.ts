import { limits } from '../../shared/base/limits.ts';
import type { Bridge, KeptDraft } from '../../shared/ipc/contract.ts';
import type { UnsaidWords } from '../../shared/ledger/unsaid-words.ts';
import { ask, type CoreLedger } from './core-ledger.ts';

/** What core remembers of a person's drafts in one session. */
export interface DraftShelf {
  readonly dismissed: readonly string[];
  readonly kept: readonly KeptDraft[];
  readonly keptWords: readonly UnsaidWords[];
  dismiss(marks: readonly string[]): void;
  restore(marks: readonly string[]): void;
  /** Stored before whatever is handed to the ledger's store after it: what they derive from may go then. */
  keep: (drafts: readonly KeptDraft[]) => void;
  /** Likewise. */
  keepWords: (words: readonly UnsaidWords[]) => void;
  note(changeCount: number): void;
}

function inParts(marks: readonly string[]): string[][] {
  const parts: string[][] = [];
  for (let at = 0; at < marks.length; at += limits.draftMarks) parts.push(marks.slice(at, at + limits.draftMarks));
  return parts;
}

/** Reads what core remembers; what is told it later goes out in order, and is forgotten where core does not take it: the draft shows again. */
export async function openDraftShelf(
  bridge: Bridge,
  sessionId: string,
  core: Pick<CoreLedger, 'keepDrafts' | 'keepWords'>,
): Promise<DraftShelf> {
  const session = { session_id: sessionId };
  const { marks: dismissed } = await ask(bridge, 'drafts.dismissed', session);
  const kept = await ask(bridge, 'drafts.kept', session);
  const keptWords = await ask(bridge, 'drafts.kept_words', session);
  let last: Promise<unknown> = Promise.resolve();
  const tell = (run: () => Promise<unknown>): void => void (last = last.then(run));
  const send = (name: 'drafts.dismiss' | 'drafts.restore', marks: readonly string[]): void => {
    for (const part of inParts(marks)) tell(() => bridge.invoke(name, { ...session, marks: part }));
  };
  return {
    dismissed,
    kept,
    keptWords,
    dismiss: (marks) => send('drafts.dismiss', marks),
    restore: (marks) => send('drafts.restore', marks),
    keep: (drafts) => core.keepDrafts(drafts),
    keepWords: (words) => core.keepWords(words),
    note: (changeCount) => tell(() => bridge.invoke('drafts.note', { ...session, change_count: changeCount })),
  };
}
