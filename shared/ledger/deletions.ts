import { deedsOf } from './deeds.ts';
import { entryKinds, withoutPayload, type Entry } from './entry.ts';

/** A thing said, by kind and hash: a deletion in the chat is none of a comment. */
const nameOf = (kind: number, hash: string): string => `${kind}/${hash}`;

interface Said {
  /** What it is named by, where it can be deleted. */
  name: string | null;
  /** The comment whose words it changes. */
  edits: string | null;
  /** What it deletes. */
  deletes: string[];
}

function saidIn(entry: Entry): Said {
  const deeds = entry.form === 'whole' ? (deedsOf(entry) ?? []) : [];
  const said: Said = { name: null, edits: null, deletes: [] };
  for (const deed of deeds) {
    if (deed.kind === entryKinds.chat) {
      if (deed.chat.type === 'delete') said.deletes.push(nameOf(deed.kind, deed.chat.message));
      // What an attested entry holds besides must not go with it.
      else if (deed.chat.type === 'message' && deeds.length === 1) said.name = nameOf(deed.kind, entry.hash);
    } else if (deed.kind === entryKinds.comment) {
      if (deed.comment.type === 'delete') said.deletes.push(nameOf(deed.kind, deed.comment.comment));
      else if (deed.comment.type === 'add' && deeds.length === 1) said.name = nameOf(deed.kind, entry.hash);
      else if (deed.comment.type === 'edit' && deeds.length === 1) said.edits = nameOf(deed.kind, deed.comment.comment);
    }
  }
  return said;
}

/** Who holds the entries: the ledger. */
export interface EntryHolder {
  entry(hash: string): Entry | undefined;
  /** The same entry in another form. */
  replace(entry: Entry): void;
}

/**
 * Lets payloads go whose words were deleted by something that counts under a record (R-ENT-6): of the message, or of the
 * comment with all that its words were changed to. That only its author or a moderator deletes it was judged before.
 */
export class Deletions {
  readonly #holder: EntryHolder;
  readonly #deleted = new Set<string>();
  /** Hashes by name: what goes when the name is deleted. */
  readonly #wordsOf = new Map<string, string[]>();
  /** All that are here without their payload, or with a skeleton in its place, by hash. */
  readonly #reduced = new Map<string, Entry>();
  readonly #reformed: Entry[] = [];

  constructor(holder: EntryHolder) {
    this.#holder = holder;
  }

  /** An entry that counts under a record. */
  note(entry: Entry): void {
    if (entry.form !== 'whole') return;
    const { name, edits, deletes } = saidIn(entry);
    const gone: string[] = [];
    for (const named of [name, edits]) {
      if (named === null) continue;
      if (this.#deleted.has(named)) gone.push(entry.hash);
      else this.#wordsOf.set(named, [...(this.#wordsOf.get(named) ?? []), entry.hash]);
    }
    for (const deleted of deletes) {
      this.#deleted.add(deleted);
      gone.push(...(this.#wordsOf.get(deleted) ?? []));
      this.#wordsOf.delete(deleted);
    }
    for (const hash of gone) {
      const found = this.#holder.entry(hash);
      if (found?.form === 'whole') this.#reform(withoutPayload(found));
    }
  }

  #reform(entry: Entry): void {
    this.#holder.replace(entry);
    this.#reformed.push(entry);
    this.noteForm(entry);
  }

  /** An entry came into the ledger. */
  noteForm(entry: Entry): void {
    if (entry.form === 'whole') this.#reduced.delete(entry.hash);
    else this.#reduced.set(entry.hash, entry);
  }

  /** It is not held any more. */
  letGo(hash: string): void {
    this.#reduced.delete(hash);
  }

  /** Whether a deletion that counts says why the entry has no payload. */
  #explains({ hash }: Entry): boolean {
    return this.#deleted.has(nameOf(entryKinds.chat, hash)) || this.#deleted.has(nameOf(entryKinds.comment, hash));
  }

  /**
   * Takes a whole entry in place of a reduced one. False where there is nothing to take: what was deleted stays so, whoever
   * still has it.
   */
  restore(entry: Entry): boolean {
    const held = this.#reduced.get(entry.hash);
    if (held === undefined || entry.form !== 'whole' || this.#explains(held)) return false;
    this.#reform(entry);
    // It is deleted again when a deletion comes that counts.
    this.note(entry);
    return true;
  }

  /**
   * What is here without its payload and nobody says why: whoever brought it may have kept that back. (The words that a deleted
   * comment was changed to are among them for a late joiner.) And what `wants` asks for of the others.
   */
  unexplained(wants: (entry: Entry) => boolean): string[] {
    const isLacking = (entry: Entry): boolean => (entry.form === 'bare' ? !this.#explains(entry) : wants(entry));
    return [...this.#reduced.values()].filter(isLacking).map(({ hash }) => hash);
  }

  /** Entries that changed their form since the last call, to be stored in it. */
  takeReformed(): Entry[] {
    return this.#reformed.splice(0);
  }

  /** The ledger begins elsewhere. */
  restart(): void {
    for (const held of [this.#deleted, this.#wordsOf, this.#reduced]) held.clear();
  }
}
