import type { Entry } from '../../shared/ledger/entry.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import type { LedgerBase } from '../../shared/ledger/ledger-base.ts';
import { verdicts } from '../../shared/ledger/record.ts';
import type { DraftWhy, RefusedEdits } from '../../shared/ledger/refused-edits.ts';
import { deviceOfStream } from '../../shared/ledger/stream.ts';
import { takenBackBy, wordsIn, wordsToSayAgain, type UnsaidWords } from '../../shared/ledger/unsaid-words.ts';
import type { DraftShelf } from './draft-shelf.ts';
import type { LiveUnsaid } from './live-session.ts';
import type { SessionWriter } from './session-writer.ts';

/** How many of one's own words nobody else sees, and why; `lost`: what they stood behind does not count. */
export interface UnsaidSummary {
  count: number;
  why: DraftWhy | 'lost' | null;
}

export interface UnsaidDeskParts {
  ledger: Ledger;
  refused: RefusedEdits;
  shelf: DraftShelf;
  writer: () => Pick<SessionWriter, 'may' | 'say' | 'comment' | 'mark'>;
  onChange: () => void;
}

const permissionFor = { chat: 'chat', comment: 'comment', marker: 'record' } as const;

/**
 * One's own messages, comments and marks that do not count: refused, or written behind something that never will count (R-LOC-6).
 * They are kept as soon as they are seen and said again only by the person: what they stood behind may still come back. R-LOC-3.
 */
export class UnsaidDesk implements LiveUnsaid {
  readonly #parts: UnsaidDeskParts;
  readonly #kept: Map<string, UnsaidWords>;
  readonly #dismissed: Set<string>;
  /** Entries that were looked at: each is parsed once. */
  readonly #seen = new Set<string>();

  constructor(parts: UnsaidDeskParts) {
    this.#parts = parts;
    this.#kept = new Map(parts.shelf.keptWords.map((words) => [words.hash, words]));
    this.#dismissed = new Set(parts.shelf.dismissed);
  }

  /** Cheap: read with every picture of the session. */
  summary(): UnsaidSummary {
    const [first, ...more] = this.list();
    if (first === undefined) return { count: 0, why: null };
    const { ledger, refused } = this.#parts;
    const isRefused = refused.readWords().some(({ hash }) => hash === first.hash) || ledger.recordOf(first.hash) !== undefined;
    const why = refused.why(permissionFor[first.kind]);
    return { count: more.length + 1, why: why === 'earlier' && !isRefused ? 'lost' : why };
  }

  list(): UnsaidWords[] {
    this.#keep(this.#parts.refused.readWords());
    const open = [...this.#kept.values()].filter(({ hash }) => !this.#dismissed.has(hash));
    if (open.length === 0) return [];
    const counted = open.filter(({ hash }) => this.#counts(hash));
    if (counted.length > 0) this.#dismiss(counted);
    return open.filter(({ hash }) => !this.#dismissed.has(hash) && this.#parts.ledger.modeOf(hash) !== 'whole').sort((a, b) => a.at - b.at);
  }

  canSayAgain(words: UnsaidWords): boolean {
    return this.#parts.writer().may(permissionFor[words.kind]) && wordsToSayAgain(words, this.#parts.ledger.fold) !== null;
  }

  sayAgain(unsaid: UnsaidWords): void {
    const again = wordsToSayAgain(unsaid, this.#parts.ledger.fold);
    if (again === null || !this.list().some(({ hash }) => hash === unsaid.hash)) return;
    const writer = this.#parts.writer();
    if (again.kind === 'chat') writer.say(again.words);
    else if (again.kind === 'comment') writer.comment(again.words);
    else writer.mark(again.words);
    this.putAway(unsaid);
  }

  putAway(unsaid: UnsaidWords): () => void {
    this.#dismiss([unsaid]);
    this.#parts.onChange();
    return () => {
      this.#dismissed.delete(unsaid.hash);
      this.#parts.shelf.restore([unsaid.hash]);
      this.#parts.onChange();
    };
  }

  /** Own words left the document: what they stood behind never will count, or is not here any more. */
  keepLeaving(entries: readonly Entry[]): void {
    this.#keep(entries.filter(({ device }) => this.#parts.refused.isOwn(device)));
  }

  /** Own words that are stored and do not count, as it was found when the ledger was loaded. */
  keepStored(entries: readonly Entry[]): void {
    this.#keep(entries);
  }

  /** Before the ledger begins at a checkpoint: what it knows as refused may have no record here. */
  keepBefore(base: LedgerBase): void {
    const { ledger, refused } = this.#parts;
    const refusedThere = new Set(base.body.refused);
    const own = [...ledger.streams()].filter(({ name }) => refused.isOwn(deviceOfStream(name)));
    const without = own.flatMap((stream) => stream.after(stream.sequencedSeq)).filter(({ hash }) => refusedThere.has(hash));
    this.#keep([...refused.readWords(), ...without]);
  }

  #keep(entries: readonly Entry[]): void {
    const unseen = entries.filter(({ hash }) => !this.#seen.has(hash));
    if (unseen.length === 0) return;
    for (const { hash } of unseen) this.#seen.add(hash);
    // Who took it back does not miss it.
    const takenBack = new Set(unseen.map(takenBackBy));
    const typed = unseen.filter(({ hash }) => !this.#kept.has(hash) && !takenBack.has(hash));
    const fresh = typed.flatMap((entry) => wordsIn(entry) ?? []);
    for (const words of fresh) this.#kept.set(words.hash, words);
    if (fresh.length > 0) this.#parts.shelf.keepWords(fresh);
    const kept = [...takenBack].flatMap((hash) => this.#kept.get(hash ?? '') ?? []);
    if (kept.length > 0) this.#dismiss(kept);
  }

  /** It has its number after all. */
  #counts(hash: string): boolean {
    const { ledger } = this.#parts;
    return ledger.recordOf(hash)?.verdict === verdicts.ok || (ledger.base?.counted.has(hash) ?? false);
  }

  #dismiss(words: readonly UnsaidWords[]): void {
    const marks = words.map(({ hash }) => hash);
    for (const mark of marks) this.#dismissed.add(mark);
    this.#parts.shelf.dismiss(marks);
  }
}
