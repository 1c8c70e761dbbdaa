import * as Y from 'yjs';
import { Fault } from '../../shared/base/errors.ts';
import { limits } from '../../shared/base/limits.ts';
import type { KeptDraft } from '../../shared/ipc/contract.ts';
import { hasStrays, readDrafts, songsOf, type Draft } from '../../shared/ledger/draft.ts';
import { doubtfulSongs, vanished, type DoubtfulSong } from '../../shared/ledger/doubtful-edits.ts';
import { entryKinds, type Entry } from '../../shared/ledger/entry.ts';
import type { Fold } from '../../shared/ledger/fold.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import { verdicts } from '../../shared/ledger/record.ts';
import { RefusedEdits, type DraftWhy } from '../../shared/ledger/refused-edits.ts';
import { rootOfSong } from '../../shared/ledger/update.ts';
import { readSongHead } from '../../shared/music/read-song-head.ts';
import type { DraftShelf } from './draft-shelf.ts';
import { covers, joined, named, uncovered } from './kept-drafts.ts';
import type { LiveDrafts } from './live-session.ts';
import { differencesBetween } from './text-difference.ts';
import { UnsaidDesk, type UnsaidDeskParts } from './unsaid-desk.ts';

/** How many of one's own changes are in drafts, and why the newest of them are. */
export interface DraftSummary {
  count: number;
  why: DraftWhy | null;
}

interface DraftDeskParts {
  ledger: Ledger;
  userId: string;
  shelf: DraftShelf;
  /** Origin of the transaction that applies a draft. */
  origin: symbol;
  mayEdit: () => boolean;
  writer: UnsaidDeskParts['writer'];
  /** Puts a song that does not exist on the setlist; answers its undo. */
  addSong: (songId: string) => () => void;
  onChange: () => void;
}

/** One's own drafts in an open session: how many, what they say, and what becomes of them. R-LOC-3. */
export class DraftDesk implements LiveDrafts {
  readonly #parts: DraftDeskParts;
  readonly #refused: RefusedEdits;
  /** What was typed beside the songs. */
  readonly unsaid: UnsaidDesk;
  readonly #dismissed: Set<string>;
  #kept: readonly KeptDraft[];
  #told: number | null = null;
  #doubtful: DoubtfulSong[] = [];
  #steps: Y.UndoManager[] = [];

  constructor(parts: DraftDeskParts) {
    this.#parts = parts;
    this.#refused = new RefusedEdits(parts.ledger, parts.userId);
    this.#dismissed = new Set(parts.shelf.dismissed);
    this.#kept = uncovered(parts.shelf.kept);
    const { ledger, shelf, writer, onChange } = parts;
    this.unsaid = new UnsaidDesk({ ledger, refused: this.#refused, shelf, writer, onChange });
    parts.ledger.beforeDrop = (base) => {
      this.unsaid.keepBefore(base);
      this.#keepTexts();
      this.#doubtful = doubtfulSongs(parts.ledger, this.#refused, base);
    };
    parts.ledger.folding.afterLeaving = (entries, before) => {
      this.#keepLeaving(entries, before);
      this.unsaid.keepLeaving(entries);
    };
  }

  /** Cheap: read with every picture of the session. Core is told when the number changed. */
  summary(unsaidCount = this.unsaid.summary().count): DraftSummary {
    const { ledger, shelf } = this.#parts;
    if (ledger.statement === null) return { count: 0, why: null };
    this.#resolveDoubts();
    this.#putAwayCounted();
    const refused = this.#refused.read().filter(({ hash }) => !this.#dismissed.has(hash)).length;
    // A song that is just being added has its text a moment before its name.
    const strays =
      refused === 0 && ledger.unsigned.length === 0 && hasStrays(ledger) ? readDrafts(ledger, this.#refused, this.#dismissed) : [];
    const own = [...strays, ...this.#openKept()].reduce((sum, { entry_count }) => sum + entry_count, refused);
    const all = own + unsaidCount;
    if (all !== this.#told) shelf.note(all);
    this.#told = all;
    const why = refused === 0 && strays.length > 0 ? 'no-song' : this.#refused.why();
    return { count: own, why: own === 0 ? null : why };
  }

  list(): Draft[] {
    const { ledger } = this.#parts;
    const derived = readDrafts(ledger, this.#refused, this.#dismissed);
    const kept = this.#openKept(new Set(derived.flatMap(({ marks }) => marks))).map((draft): Draft => {
      const current = ledger.fold.doc.getText(rootOfSong(draft.song_id)).toJSON();
      const hasSong = ledger.fold.sets.get(`song/${draft.song_id}`)?.value === true;
      return { ...draft, title: readSongHead(draft.text).title, current, why: this.#refused.why(), has_song: hasSong };
    });
    return [...derived, ...kept];
  }

  /** Whether a draft needs what was there before record n: only then is its author's ledger held that far back. */
  needs(n: number): boolean {
    const { ledger } = this.#parts;
    return this.#refused.read().some(({ hash }) => !this.#dismissed.has(hash) && (ledger.recordOf(hash)?.n ?? Infinity) <= n);
  }

  keepAll(): void {
    this.#keepTexts();
  }

  /** Before entries are let go that drafts derive from: their text stays. */
  #keepTexts(): void {
    if (this.#refused.read().length === 0) return;
    const derived = readDrafts(this.#parts.ledger, this.#refused, this.#dismissed).filter(({ why }) => why !== 'no-song');
    const drafts = derived.map(({ song_id, text, entry_count, since, marks }): KeptDraft => {
      return { song_id, text, entry_count, since, marks: marks.slice(0, limits.draftMarks) };
    });
    this.#keep(drafts);
  }

  /** The ledger began at a checkpoint: what is not to be seen any more stays as a text. */
  #resolveDoubts(): void {
    const doubtful = this.#doubtful;
    this.#doubtful = [];
    const drafts = doubtful.flatMap((song): KeptDraft[] => {
      const entries = vanished(this.#parts.ledger, song).slice(0, limits.draftMarks);
      const { song_id, text } = song;
      const since = Math.min(...entries.map(({ at }) => at));
      return entries.length === 0 ? [] : [{ song_id, text, entry_count: entries.length, since, marks: entries.map(({ hash }) => hash) }];
    });
    this.#keep(drafts);
  }

  /**
   * Own changes left the document: often they are refused, and derived. What stands inside words that left may never be folded
   * again, here or after a restart, so its text is kept. R-LOC-6.
   */
  #keepLeaving(entries: readonly Entry[], { doc }: Fold): void {
    const own = entries.filter(({ kind, device }) => kind === entryKinds.songUpdate && this.#refused.isOwn(device));
    const bySong = new Map<string, Entry[]>();
    for (const entry of own) for (const songId of songsOf(doc, entry)) bySong.set(songId, [...(bySong.get(songId) ?? []), entry]);
    const drafts = [...bySong].map(([song_id, ofSong]): KeptDraft => {
      const marks = ofSong.slice(0, limits.draftMarks).map(({ hash }) => hash);
      const since = Math.min(...ofSong.map(({ at }) => at));
      return { song_id, text: doc.getText(rootOfSong(song_id)).toJSON(), entry_count: ofSong.length, since, marks };
    });
    this.#keep(drafts);
  }

  /** What was kept, and counts after all. */
  #putAwayCounted(): void {
    const { ledger, shelf } = this.#parts;
    const hasCounted = (mark: string): boolean => ledger.recordOf(mark)?.verdict === verdicts.ok;
    const counted = this.#kept.filter(({ marks }) => marks.every(hasCounted));
    if (counted.length === 0) return;
    this.#kept = this.#kept.filter((draft) => !counted.includes(draft));
    shelf.dismiss(counted.flatMap(({ marks }) => marks));
  }

  #keep(drafts: readonly KeptDraft[]): void {
    const fresh = drafts.map((draft) => joined(draft, this.#kept)).filter((draft) => !this.#kept.some((other) => covers(other, draft)));
    if (fresh.length === 0) return;
    const after = uncovered([...this.#kept, ...fresh]);
    this.#parts.shelf.keep(fresh.map((draft) => named(draft, after)));
    this.#kept = after;
  }

  apply({ marks }: Draft): (() => boolean) | null {
    const { ledger, origin, mayEdit, addSong } = this.#parts;
    if (!mayEdit()) throw new Fault('forbidden');
    const draft = this.list().find((each) => each.marks[0] === marks[0]);
    if (draft === undefined) return null;
    const removeSong = draft.has_song ? null : addSong(draft.song_id);
    const { doc } = ledger.fold;
    const text = doc.getText(rootOfSong(draft.song_id));
    const step = new Y.UndoManager(text, { trackedOrigins: new Set([origin]) });
    doc.transact(() => {
      // From the end on, so that the offsets before stay true.
      for (const { from, to, insert } of differencesBetween(text.toJSON(), draft.text).toReversed()) {
        text.delete(from, to - from);
        text.insert(from, insert.toWellFormed());
      }
    }, origin);
    step.removeTrackedOrigin(origin);
    this.#steps.push(step);
    const restore = this.dismiss(draft);
    return () => {
      // The document was replaced meanwhile: its steps are gone with it.
      if (!mayEdit() || ledger.fold.doc !== doc || !this.#steps.includes(step)) return false;
      step.undo();
      removeSong?.();
      restore();
      return true;
    };
  }

  dismiss({ marks }: Draft): () => void {
    for (const mark of marks) this.#dismissed.add(mark);
    this.#parts.shelf.dismiss(marks);
    this.#parts.onChange();
    return () => {
      for (const mark of marks) this.#dismissed.delete(mark);
      this.#parts.shelf.restore(marks);
      this.#parts.onChange();
    };
  }

  close(): void {
    for (const step of this.#steps) step.destroy();
    this.#steps = [];
  }

  /**
   * Kept ones that were not put away, and that can't be derived: some of their entries are gone, or wait for words that may
   * never come. @param derived marks of the drafts that were; without it, of those that should be
   */
  #openKept(derived?: ReadonlySet<string>): KeptDraft[] {
    if (this.#kept.length === 0) return [];
    const { ledger } = this.#parts;
    const read = derived ?? new Set(this.#refused.read().map(({ hash }) => hash));
    const isLost = (mark: string): boolean =>
      ledger.entry(mark) === undefined || (ledger.modeOf(mark) !== 'whole' && !read.has(mark) && !this.#dismissed.has(mark));
    return this.#kept.filter(({ marks }) => !marks.every((mark) => this.#dismissed.has(mark)) && marks.some(isLost));
  }
}
