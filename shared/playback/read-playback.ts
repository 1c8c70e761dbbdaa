import { entryKinds, type Entry } from '../ledger/entry.ts';
import { Fold } from '../ledger/fold.ts';
import { foldStretch, type RecordedEntry } from '../ledger/fold-stretch.ts';
import { foldFrom, recordFromBase, type LedgerBase } from '../ledger/ledger-base.ts';
import type { PostSource } from '../ledger/posts.ts';
import { verdicts, type LedgerRecord } from '../ledger/record.ts';
import { readSetlist } from '../ledger/setlist.ts';
import { skeletonOf, type TextUpdate } from '../ledger/update.ts';
import { writerOf } from '../ledger/writer-of.ts';
import { CommentPlaces } from './comment-places.ts';
import { PersonPoints } from './person-points.ts';
import { Playback, type NewRole, type PersonPoint, type Step, type TextKeyframe } from './playback.ts';
import { TextPlaces } from './text-places.ts';
import type { TrackEvent } from './track-event.ts';

/** What a recording is made of; signatures were checked before it was stored. */
export interface RecordingSource {
  /** ms since 1970. */
  startedMs: number;
  durationMs: number;
  /** The recording holds the entries numbered above this one. */
  fromN: number;
  base: LedgerBase | null;
  /** Of what the base lists one by one, as much as is here, by number. */
  earlier: readonly Entry[];
  /** From the base on up to the recording's last, by number. */
  recorded: readonly RecordedEntry[];
  /** In their order. */
  track: readonly TrackEvent[];
  device: PostSource['device'];
}

/** Steps between two keyframes: what seeking does at most, some microseconds each. */
const stepsPerKeyframe = 200;
/** Steps after which the places of all comments are told again: as many comments follow the steps since, at each jump. */
const stepsPerCommentPlaces = 200;
/** Between two rests that are offered: a few milliseconds of work where the songs are long. */
const entriesAtOnce = 20;

/** The song that most look at; of two with as many the one that was in front before, else the first that somebody showed. */
function inFrontOf(people: readonly PersonPoint[], before: string | null): string | null {
  const counts = new Map<string, number>();
  for (const { song_id } of people) if (song_id !== null) counts.set(song_id, (counts.get(song_id) ?? 0) + 1);
  let best: string | null = null;
  for (const [songId, count] of counts) {
    const most = best === null ? 0 : (counts.get(best) ?? 0);
    if (count > most || (count === most && songId === before)) best = songId;
  }
  return best ?? before;
}

/** What the entry does to texts, of all its parts together; null: nothing. */
function textUpdateOf(fold: Fold, entry: Entry, isWhole: boolean): TextUpdate | null {
  const updates = (fold.deedsOf(entry) ?? []).flatMap((deed) => (deed.kind === entryKinds.songUpdate ? [deed.update] : []));
  if (updates.length === 0) return null;
  const structs = updates.flatMap((update) => update.structs);
  const update = { client: entry.clientId, structs, deleted: updates.flatMap(({ deleted }) => deleted) };
  return isWhole ? update : skeletonOf(update);
}

const isSaid = ({ kind }: Entry): boolean => kind !== entryKinds.songUpdate && kind !== entryKinds.songSet;

/**
 * Reads a recording once from its beginning to its end, so that any moment of it is shown at once afterwards.
 * @param rest awaited now and then with the share that is done, 0 to 1: the window goes on meanwhile; what it throws ends the reading
 */
export async function readPlayback(source: RecordingSource, rest: (done: number) => Promise<void>): Promise<Playback> {
  const { base, earlier, recorded, track, fromN, startedMs, durationMs } = source;
  const before = recorded.filter(({ record }) => record.n <= fromN);
  const fold = base === null ? new Fold() : foldFrom({ ...base, spare: null }, earlier);
  for (let at = 0; at < before.length; at += entriesAtOnce) {
    await rest(at / recorded.length);
    foldStretch(fold, before.slice(at, at + entriesAtOnce));
  }
  const places = new TextPlaces(fold.doc);
  const points = new PersonPoints(places);
  const comments = new CommentPlaces(places);
  comments.take(fold, fold.comments.keys(), 0);
  const setlists = [{ step: 0, items: readSetlist(fold.sets) }];
  const steps: Step[] = [];
  const keyframes: TextKeyframe[] = [{ step: 0, texts: places.texts() }];
  const inFront: { ms: number; song_id: string | null }[] = [];
  const numbers: { ms: number; n: number }[] = [];
  const newRoles: NewRole[] = [];
  const activity: number[] = [];
  const noteActivity = (ms: number): void => void (activity.at(-1) !== ms && activity.push(ms));

  function takeTrack(event: TrackEvent): void {
    noteActivity(event.ms);
    if (event.type === 'permission_changed') {
      newRoles.push({ ms: event.ms, user_id: event.user_id, role: event.to });
      return;
    }
    points.take(event, steps.length);
    if (event.type === 'cursor_moved') return;
    const last = inFront.at(-1)?.song_id ?? null;
    const song_id = inFrontOf(points.now(), last);
    if (song_id !== last) inFront.push({ ms: event.ms, song_id });
  }

  function takeEntry({ entry, record }: RecordedEntry, ms: number): void {
    if (entry === null || record.verdict === verdicts.close) return;
    const isWhole = record.verdict === verdicts.ok;
    const isSet = entry.kind === entryKinds.songSet || entry.kind === entryKinds.attested;
    const sets = isSet ? [...fold.sets.values()] : [];
    const outcome = fold.apply(entry, isWhole ? 'whole' : 'skeleton', true);
    const update = outcome === 'ok' ? textUpdateOf(fold, entry, isWhole) : null;
    const splices = update === null ? [] : places.take(update);
    const hasNewSetlist = isSet && isChanged(sets, fold);
    if (splices.length > 0 || hasNewSetlist) {
      const user_id = writerOf(entry, (device) => source.device(device)?.user_id ?? null);
      steps.push({ ms, n: record.n, user_id, splices });
      if (hasNewSetlist) setlists.push({ step: steps.length, items: readSetlist(fold.sets) });
      if (steps.length % stepsPerKeyframe === 0) keyframes.push({ step: steps.length, texts: places.texts() });
      if (steps.length % stepsPerCommentPlaces === 0) comments.tellAll(steps.length);
    }
    points.settle(ms, steps.length);
    comments.settle(steps.length);
    comments.take(fold, [entry.hash], steps.length);
    if (isWhole) noteActivity(ms);
  }

  let told = 0;
  let reachedMs = 0;
  for (const [at, one] of recorded.entries()) {
    if (at % entriesAtOnce === 0) await rest(at / recorded.length);
    if (one.record.n <= fromN) continue;
    // A clock that is put back does not turn the recording back.
    reachedMs = Math.max(reachedMs, Math.min(one.record.receivedAt - startedMs, durationMs));
    for (let event = track[told]; event !== undefined && event.ms <= reachedMs; event = track[++told]) takeTrack(event);
    takeEntry(one, reachedMs);
    if (numbers.at(-1)?.ms === reachedMs) numbers.pop();
    numbers.push({ ms: reachedMs, n: one.record.n });
  }
  for (const event of track.slice(told)) takeTrack(event);
  await rest(1);

  const records = saidRecords(source);
  const saidNumbers = [...records.values()].map(({ n }) => n).sort((a, b) => a - b);
  fold.doc.destroy();
  return new Playback({
    durationMs,
    steps,
    keyframes,
    setlists,
    people: points.people,
    inFront,
    newRoles,
    commentPlaces: comments.told,
    said: {
      source: { device: source.device, recordOf: (hash) => records.get(hash), stream: () => undefined },
      chat: fold.chat,
      comments: fold.comments,
      markers: fold.markers,
      gone: fold.gone,
      numbers: saidNumbers,
    },
    numbers,
    firstN: fromN,
    activity,
  });
}

function isChanged(cells: readonly unknown[], { sets }: Fold): boolean {
  return cells.length !== sets.size || [...sets.values()].some((cell, at) => cell !== cells[at]);
}

/** By hash, without the many of texts: they are looked up for all that was said whenever something more is. */
function saidRecords({ base, earlier, recorded }: RecordingSource): Map<string, LedgerRecord> {
  const records = new Map<string, LedgerRecord>();
  if (base !== null) for (const entry of earlier) if (isSaid(entry)) records.set(entry.hash, recordFromBase(base, entry));
  for (const { entry, record } of recorded) if (entry !== null && isSaid(entry)) records.set(entry.hash, record);
  return records;
}
