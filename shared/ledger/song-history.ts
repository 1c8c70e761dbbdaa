import * as Y from 'yjs';
import { deedsOf } from './deeds.ts';
import { entryKinds, type Entry } from './entry.ts';
import { Fold } from './fold.ts';
import { foldStretch, type RecordedEntry } from './fold-stretch.ts';
import { clientOf, foldFrom, type LedgerBase } from './ledger-base.ts';
import { verdicts } from './record.ts';
import { deviceOfStream } from './stream.ts';
import { rootOfSong } from './update.ts';
import { writerOf } from './writer-of.ts';

/** Who rests for so long begins another version. */
const pauseMs = 2 * 60 * 1_000;
/** … and who writes on and on, after so long. */
const longestMs = 10 * 60 * 1_000;
/** Between two rests of the reader: some milliseconds of work. */
const stepsAtOnce = 100;

/** What one person wrote in a song before they paused, or others wrote. */
export interface SongVersion {
  /** Hash of its last entry. */
  id: string;
  /** Null: somebody whom nothing names any more. */
  user_id: string | null;
  /** ms since 1970: when the authority got its first and last entry; of what waits for a record, by its author's clock. */
  fromMs: number;
  toMs: number;
  /** Number of its last entry; null: it waits for its record. */
  n: number | null;
  /** The whole song after it. */
  text: string;
  /** Characters, in UTF-16 units. */
  added: number;
  removed: number;
}

export interface LineAuthor {
  user_id: string | null;
  /** When they last wrote in the line; null: before what is kept here. */
  atMs: number | null;
}

export interface HistoryLine {
  text: string;
  /** Whose words are in it now, who wrote last first. */
  authors: LineAuthor[];
}

export interface SongHistory {
  /** The song where what is kept here begins; empty at the ledger's beginning. */
  start: string;
  /** Oldest first. */
  versions: SongVersion[];
  lines: HistoryLine[];
}

/** What is kept of a session on this computer; signatures were checked before it was stored. */
export interface HistorySource {
  base: LedgerBase | null;
  sessionBytes: Uint8Array<ArrayBuffer>;
  /** From the base on, by number. */
  recorded: readonly RecordedEntry[];
  /** Without a record, in the order in which they count. */
  pending: readonly Entry[];
  userOf: (device: string) => string | null;
}

interface Step {
  entry: Entry;
  user_id: string | null;
  atMs: number;
  n: number | null;
  recorded: RecordedEntry | null;
}

/** Characters that one entry wrote, as Yjs names them. */
interface Written {
  clock: number;
  end: number;
  user_id: string | null;
  atMs: number;
}

const changesText = ({ kind }: Entry): boolean => kind === entryKinds.songUpdate || kind === entryKinds.attested;

/** What counts and what leaves a place, in order. */
function stepsOf({ recorded, pending, userOf }: HistorySource): Step[] {
  const steps = recorded.flatMap((one): Step[] => {
    const { entry, record } = one;
    if (entry === null || !changesText(entry)) return [];
    return [{ entry, user_id: writerOf(entry, userOf), atMs: record.receivedAt, n: record.n, recorded: one }];
  });
  const waiting = pending.filter(changesText).map((entry): Step => {
    return { entry, user_id: writerOf(entry, userOf), atMs: entry.at, n: null, recorded: null };
  });
  return [...steps, ...waiting];
}

/** Runs of steps by one person without a pause. */
function runsOf(steps: readonly Step[]): Step[][] {
  const runs: Step[][] = [];
  for (const step of steps) {
    const run = runs.at(-1);
    const [first, last] = [run?.[0], run?.at(-1)];
    const goesOn =
      first?.user_id === step.user_id &&
      last !== undefined &&
      step.atMs - last.atMs < pauseMs &&
      step.atMs - (first?.atMs ?? 0) < longestMs;
    if (run !== undefined && goesOn) run.push(step);
    else runs.push([step]);
  }
  return runs;
}

function foldRun(fold: Fold, run: readonly Step[]): void {
  foldStretch(
    fold,
    run.flatMap(({ recorded }) => recorded ?? []),
  );
  for (const { entry, recorded } of run) if (recorded === null) fold.apply(entry, 'whole', true);
}

/** Others wrote in another song between: it is one version all the same. */
function isOneVersion(before: SongVersion | undefined, next: SongVersion): before is SongVersion {
  return before?.user_id === next.user_id && next.fromMs - before.toMs < pauseMs && next.toMs - before.fromMs < longestMs;
}

function noteWritten(written: Map<number, Written[]>, { entry, user_id, atMs, recorded }: Step): void {
  if (recorded !== null && recorded.record.verdict !== verdicts.ok) return;
  for (const deed of deedsOf(entry) ?? []) {
    if (deed.kind !== entryKinds.songUpdate) continue;
    const ofClient = written.get(deed.update.client) ?? [];
    for (const { clock, length } of deed.update.structs) ofClient.push({ clock, end: clock + length, user_id, atMs });
    written.set(deed.update.client, ofClient);
  }
}

function writtenAt(ofClient: readonly Written[], clock: number): Written | undefined {
  let [low, high] = [0, ofClient.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const one = ofClient[middle];
    if (one === undefined) return undefined;
    if (clock < one.clock) high = middle - 1;
    else if (clock >= one.end) low = middle + 1;
    else return one;
  }
  return undefined;
}

/** Each line as it is now, with whose words are in it. */
function linesOf(text: Y.Text, written: ReadonlyMap<number, Written[]>, earlier: ReadonlyMap<number, string | null>): HistoryLine[] {
  const lines: HistoryLine[] = [];
  let line = '';
  let authors = new Map<string | null, number | null>();
  const close = (): void => {
    const newest = [...authors].map(([user_id, atMs]): LineAuthor => ({ user_id, atMs })).sort((a, b) => (b.atMs ?? 0) - (a.atMs ?? 0));
    lines.push({ text: line, authors: newest });
    line = '';
    authors = new Map();
  };
  const take = (part: string, user_id: string | null, atMs: number | null): void => {
    const before = authors.get(user_id);
    authors.set(user_id, before === undefined || before === null ? atMs : Math.max(before, atMs ?? 0));
    line += part;
  };
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue;
    const { client, clock } = item.id;
    const { str } = item.content;
    for (let at = 0; at < str.length;) {
      const one = writtenAt(written.get(client) ?? [], clock + at);
      const end = one === undefined ? str.length : Math.min(str.length, one.end - clock);
      const [first = '', ...rest] = str.slice(at, end).split('\n');
      const [userId, atMs] = one === undefined ? [earlier.get(client) ?? null, null] : [one.user_id, one.atMs];
      if (first !== '') take(first, userId, atMs);
      for (const part of rest) {
        close();
        if (part !== '') take(part, userId, atMs);
      }
      at = end;
    }
  }
  close();
  return lines;
}

/**
 * The history of one song, folded from what is kept here: versions by author and pause, and who wrote which line.
 * @param rest awaited now and then: the window goes on meanwhile
 */
export async function readSongHistory(source: HistorySource, songId: string, rest: () => Promise<void>): Promise<SongHistory> {
  const { base, sessionBytes, userOf } = source;
  const fold = base === null ? new Fold() : foldFrom({ ...base, spare: null }, []);
  const text = fold.doc.getText(rootOfSong(songId));
  const start = text.toJSON();
  const versions: SongVersion[] = [];
  const written = new Map<number, Written[]>();
  let change = { added: 0, removed: 0 };
  text.observe(({ delta }) => {
    for (const { insert, delete: removed } of delta) {
      if (typeof insert === 'string') change.added += insert.length;
      change.removed += removed ?? 0;
    }
  });
  for (const [at, run] of runsOf(stepsOf(source)).entries()) {
    if (at % stepsAtOnce === stepsAtOnce - 1) await rest();
    change = { added: 0, removed: 0 };
    foldRun(fold, run);
    for (const step of run) noteWritten(written, step);
    const [first, last] = [run[0], run.at(-1)];
    if (first === undefined || last === undefined || change.added + change.removed === 0) continue;
    const version: SongVersion = {
      id: last.entry.hash,
      user_id: first.user_id,
      fromMs: first.atMs,
      toMs: last.atMs,
      n: last.n,
      text: text.toJSON(),
      ...change,
    };
    const before = versions.at(-1);
    if (!isOneVersion(before, version)) versions.push(version);
    else {
      const sums = { added: before.added + version.added, removed: before.removed + version.removed };
      versions[versions.length - 1] = { ...version, fromMs: before.fromMs, ...sums };
    }
  }
  const earlier = new Map(
    (base?.body.streams ?? [])
      .filter(({ ownsClient }) => ownsClient)
      .map(({ stream }) => [clientOf(stream, sessionBytes), userOf(deviceOfStream(stream))]),
  );
  const lines = linesOf(text, written, earlier);
  fold.doc.destroy();
  return { start, versions, lines };
}
