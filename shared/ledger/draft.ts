import * as Y from 'yjs';
import { toHex } from '../base/ids.ts';
import { limits } from '../base/limits.ts';
import { readSongHead } from '../music/read-song-head.ts';
import { utf8 } from './bytes.ts';
import { sha256 } from './digest.ts';
import type { Entry } from './entry.ts';
import { entryKinds } from './entry.ts';
import { foldOrigin, type Fold, type Mode } from './fold.ts';
import type { Ledger } from './ledger.ts';
import { clientOf, foldFrom } from './ledger-base.ts';
import { verdicts } from './record.ts';
import type { DraftWhy, RefusedEdits } from './refused-edits.ts';
import { deviceOfStream } from './stream.ts';
import { applyTextUpdate, fitnessOf } from './structure.ts';
import { decodeUpdate, rootOfSong, type TextUpdate } from './update.ts';

/** One song with a person's own refused changes in it, beside the song as it is. R-LOC-3. */
export interface Draft {
  song_id: string;
  /** As the draft names it; empty when it names nothing. */
  title: string;
  text: string;
  current: string;
  /** How many changes it keeps. */
  entry_count: number;
  /** When the first of them was made, by its author's clock; ms since 1970. */
  since: number;
  why: DraftWhy;
  /** What is remembered when it is dismissed: the hashes of its entries, or of text that has no song. */
  marks: string[];
  /** Whether the song exists: otherwise it comes back with the draft. */
  has_song: boolean;
}

const rootPrefix = 's:';

function songAt(doc: Y.Doc, client: number, clock: number): string | null {
  if (Y.getState(doc.store, client) <= clock) return null;
  const item = Y.getItem(doc.store, Y.createID(client, clock));
  if (!(item instanceof Y.Item) || !(item.parent instanceof Y.AbstractType)) return null;
  return Y.findRootTypeKey(item.parent).slice(rootPrefix.length);
}

/** The songs that an entry changed, once its text is in the document. */
export function songsOf(doc: Y.Doc, entry: Entry): Set<string> {
  const update = decodeUpdate(entry.payload, entry.clientId);
  const places = [
    ...(update?.structs ?? []).map(({ clock }) => ({ client: entry.clientId, clock })),
    ...(update?.deleted ?? []).map(({ client, clock }) => ({ client, clock })),
  ];
  return new Set(places.flatMap(({ client, clock }) => songAt(doc, client, clock) ?? []));
}

function isText({ kind }: Entry): boolean {
  return kind === entryKinds.songUpdate || kind === entryKinds.attested;
}

/**
 * Takes a refused entry whole. It had its number as a skeleton, which deletes nothing: what it deletes may be numbered after it.
 * Answers what is to be deleted when all is there.
 */
function takeRefused(fold: Fold, entry: Entry): TextUpdate[] {
  if (fold.apply(entry, 'whole', true) === 'ok') return [];
  const update = decodeUpdate(entry.payload, entry.clientId);
  if (update === null) return [];
  applyWhereFit(fold, { ...update, deleted: [] });
  return [{ ...update, structs: [] }];
}

function applyWhereFit({ doc }: Fold, update: TextUpdate): void {
  if (fitnessOf(doc, update) === 'ok') applyTextUpdate(doc, update, true, foldOrigin);
}

/** The session's songs with the given entries whole, in the order that everybody folds by. Only texts are folded. */
function foldWhole(ledger: Ledger, whole: ReadonlySet<string>): Fold {
  const fold = foldFrom(ledger.base, []);
  const later: TextUpdate[] = [];
  const { log } = ledger;
  for (let from = log.baseN; from < log.n; from += limits.foldBatch) {
    const take = (): void => {
      for (const { record } of log.between(from, Math.min(log.n, from + limits.foldBatch))) {
        const entry = record.verdict === verdicts.close ? undefined : ledger.entry(record.hash);
        if (entry === undefined || !isText(entry)) continue;
        if (record.verdict !== verdicts.ok && whole.has(entry.hash)) later.push(...takeRefused(fold, entry));
        else fold.apply(entry, record.verdict === verdicts.ok ? 'whole' : 'skeleton', true);
      }
    };
    Y.transact(fold.doc, take, foldOrigin, false);
  }
  const modeOf = ({ hash }: Entry): Mode | undefined => (whole.has(hash) ? 'whole' : ledger.modeOf(hash));
  let todo = [...ledger.streams()]
    .flatMap((stream) => stream.after(stream.sequencedSeq))
    .filter((entry) => isText(entry) && modeOf(entry) !== undefined);
  // What builds on something that comes later in the list is tried again when that is in.
  for (let before = Infinity; todo.length < before;) {
    before = todo.length;
    todo = todo.filter((entry) => fold.apply(entry, modeOf(entry) ?? 'whole', false) === 'missing');
  }
  for (const update of later) applyWhereFit(fold, update);
  return fold;
}

/** How many pieces of a text its own author wrote, of those that are still there. */
function piecesOf(text: Y.Text, clients: ReadonlySet<number>): number {
  let found = 0;
  for (let item = text._start; item !== null; item = item.right) if (!item.deleted && clients.has(item.id.client)) found += 1;
  return found;
}

function exists(ledger: Ledger, songId: string): boolean {
  return ledger.fold.sets.get(`song/${songId}`)?.value === true;
}

/** Text that counts, under songs that do not exist: a draft of each of its authors. */
function readStrays(ledger: Ledger, refused: RefusedEdits): Draft[] {
  const roots = [...ledger.fold.doc.share.keys()].filter(
    (root) => root.startsWith(rootPrefix) && !exists(ledger, root.slice(rootPrefix.length)),
  );
  if (roots.length === 0) return [];
  const own = [...ledger.streams()].map(({ name }) => name).filter((name) => refused.isOwn(deviceOfStream(name)));
  const clients = new Set(own.map((name) => clientOf(name, ledger.sessionBytes)));
  return roots.flatMap((root) => {
    const text = ledger.fold.doc.getText(root);
    const pieces = piecesOf(text, clients);
    if (pieces === 0) return [];
    const draft = text.toJSON();
    const since = ledger.statement?.claims.iat ?? 0;
    return {
      song_id: root.slice(rootPrefix.length),
      title: readSongHead(draft).title,
      text: draft,
      current: '',
      entry_count: pieces,
      since: since * 1_000,
      why: 'no-song',
      marks: [toHex(sha256(utf8(`${root}\n${draft}`)))],
      has_song: false,
    };
  });
}

/** Whether there may be text without its song: cheap, for every picture of the session. */
export function hasStrays(ledger: Ledger): boolean {
  for (const root of ledger.fold.doc.share.keys())
    if (root.startsWith(rootPrefix) && !exists(ledger, root.slice(rootPrefix.length))) return true;
  return false;
}

/**
 * A person's drafts, derived: every song that their refused changes touch, folded with these whole (R-LOC-3). A second fold of
 * the session: made when somebody looks, not before.
 * @param dismissed marks of what the person put away
 */
export function readDrafts(ledger: Ledger, refused: RefusedEdits, dismissed: ReadonlySet<string>): Draft[] {
  const entries = refused.read().filter(({ hash }) => !dismissed.has(hash));
  const strays = hasStrays(ledger) ? readStrays(ledger, refused).filter(({ marks }) => !marks.every((mark) => dismissed.has(mark))) : [];
  if (entries.length === 0) return strays;
  const { doc } = foldWhole(ledger, new Set(entries.map(({ hash }) => hash)));
  const bySong = new Map<string, Entry[]>();
  for (const entry of entries) for (const songId of songsOf(doc, entry)) bySong.set(songId, [...(bySong.get(songId) ?? []), entry]);
  const drafts = [...bySong].map(([songId, own]): Draft => {
    const text = doc.getText(rootOfSong(songId)).toJSON();
    return {
      song_id: songId,
      title: readSongHead(text).title,
      text,
      current: ledger.fold.doc.getText(rootOfSong(songId)).toJSON(),
      entry_count: own.length,
      since: Math.min(...own.map(({ at }) => at)),
      why: refused.why(),
      marks: own.map(({ hash }) => hash),
      has_song: exists(ledger, songId),
    };
  });
  return [...drafts, ...strays.filter(({ song_id }) => !bySong.has(song_id))];
}
