import { limits } from '../base/limits.ts';
import type { Entry } from './entry.ts';
import type { Ledger } from './ledger.ts';
import type { Link } from './link.ts';
import type { LinkView } from './link-view.ts';
import type { Heads, PendingHead } from './messages.ts';
import type { Head } from './record.ts';
import { encodeHead, verdicts } from './record.ts';
import { asSkeleton } from './reduced-entry.ts';
import { equalBytes } from './bytes.ts';
import type { Statement } from './statement.ts';
import type { StreamState } from './stream-state.ts';
import { deviceOfStream } from './stream.ts';

/** A bulk message's size: many chunks, but far from the limit of a message. */
const batchBytes = 256 * 1024;
/** Records sent under one head while catching up. */
const batchRecords = limits.recordsPerMessage / 2;

/** Devices whose entries nobody takes without a record. R-AUT-2. */
export function barredIn(statement: Statement | null): string {
  return (statement?.claims.devices ?? []).flatMap(({ device_id, barred }) => (barred ? device_id : [])).join();
}

/** Streams with entries that others take, though they have no record: what a barred device wrote is not even named. R-AUT-2, R-LNK-6. */
function offered(ledger: Ledger): StreamState[] {
  return ledger.pending().filter(({ name }) => ledger.device(deviceOfStream(name))?.barred !== true);
}

/** What `heads` says of a ledger. */
export function headsOf(ledger: Ledger): Heads {
  const pending: PendingHead[] = offered(ledger).flatMap((stream) => {
    // Of a stream that contradicts itself both branches are named, where they part.
    const places = stream.branchedAt > 0 && stream.branchedAt < stream.tip ? [stream.branchedAt, stream.tip] : [stream.tip];
    return places.flatMap((seq) => stream.at(seq).map(({ hash }) => ({ stream: stream.name, seq, hash })));
  });
  const { generation, n, chain, log, checkpoint } = ledger;
  return { type: 'heads', generation, n, chain, base: log.baseN, checkpoint: checkpoint?.head.n ?? 0, pending };
}

/** Whether who stands at `n` asks this side for a checkpoint, instead of being sent records. Both sides decide it by `heads`. R-AUT-3. */
export function behindCheckpoint(n: number, ahead: { base: number; checkpointN: number }): boolean {
  return ahead.checkpointN > n && (n < ahead.base || ahead.checkpointN - n >= limits.checkpointLag);
}

/** Notes what the other side has by its heads; what it lacks is sent by `sendMissing`. */
export function noteHeads(ledger: Ledger, view: LinkView, heads: Heads): void {
  view.forget();
  view.heads = heads;
  view.generation = heads.generation;
  view.base = heads.base;
  view.checkpointN = heads.checkpoint;
  view.n = heads.generation === ledger.generation ? heads.n : ledger.n;
  const mine = headsOf(ledger);
  const stated = new Set(heads.pending.map((head) => `${head.stream}${head.seq}${head.hash}`));
  for (const head of heads.pending) {
    const stream = ledger.stream(head.stream);
    const entries = stream?.at(head.seq) ?? [];
    const branches = stream === undefined || stream.branchedAt === 0 ? [] : stream.at(stream.branchedAt);
    // It lacks a branch that is here: all that is pending goes. R-LNK-3.
    if (branches.some(({ seq, hash }) => !stated.has(`${head.stream}${seq}${hash}`))) continue;
    // Another hash at the same seq: one of them contradicted itself, and both branches are the proof. R-ENT-3.
    if (entries.length === 0 || entries.some((entry) => entry.hash === head.hash)) view.note(head.stream, head.seq);
  }
  view.hasEqualHeads =
    heads.n === mine.n &&
    heads.generation === mine.generation &&
    equalBytes(heads.chain, mine.chain) &&
    mine.pending.length === heads.pending.length &&
    mine.pending.every((head) => stated.has(`${head.stream}${head.seq}${head.hash}`));
  view.isBehind = !view.hasEqualHeads;
}

/** False when the transport filled up before all were sent. */
function sendEntries(view: LinkView, entries: readonly Entry[]): boolean {
  let batch: Entry[] = [];
  let size = 0;
  const flush = (): void => {
    if (batch.length > 0) view.link.send({ type: 'entries', entries: batch.map((entry) => entry.bytes) });
    batch = [];
    size = 0;
  };
  for (const entry of entries) {
    batch.push(entry);
    size += entry.bytes.length;
    view.note(entry.stream, entry.seq);
    if (size < batchBytes) continue;
    flush();
    if (view.link.isCongested || view.link.isClosed) return false;
  }
  flush();
  return true;
}

/** The head to send records under: far ahead, but not too far. */
function nextHead(ledger: Ledger, n: number): Head | null {
  const ahead = ledger.log.heads.filter((head) => head.n > n);
  return ahead.findLast((head) => head.n <= n + batchRecords) ?? ahead[0] ?? null;
}

/** What somebody wrote in vain is for their own devices, and for the authority. */
function mayHaveWhole(ledger: Ledger, { link }: LinkView, { device }: Entry): boolean {
  return link.device === ledger.authorityDevice || isSameUser(ledger, device, link.device);
}

export function isSameUser(ledger: Ledger, one: string, other: string): boolean {
  const user = ledger.device(one)?.user_id;
  return user !== undefined && user === ledger.device(other)?.user_id;
}

function sendRecords(ledger: Ledger, view: LinkView, from: number, head: Head): void {
  const batch = ledger.log.between(from, head.n);
  const lacking: Entry[] = [];
  let reducedBytes = 0;
  for (const { record } of batch) {
    const entry = record.verdict === verdicts.close ? undefined : ledger.entry(record.hash);
    if (entry === undefined || view.has(entry)) continue;
    // It holds them until the records are there, and no more than so much of them. R-AUT-4.
    const mayReduce = reducedBytes < limits.reducedBytesPerLink / 4 && !mayHaveWhole(ledger, view, entry);
    const sent = mayReduce ? asSkeleton(entry, record) : entry;
    if (sent.form !== 'whole') reducedBytes += sent.bytes.length;
    lacking.push(sent);
  }
  // Memory: what the transport does not take stays here; the rest follows when it has room.
  if (!sendEntries(view, lacking)) return;
  view.link.send({ type: 'records', firstN: from + 1, records: batch.map(({ bytes }) => bytes), head: encodeHead(head) });
  view.n = head.n;
}

/**
 * Sends what the other side lacks, in the order it was applied here, entries before their records (R-LNK-3). Stops when
 * the transport is full; called again when it has room.
 */
export function sendMissing(ledger: Ledger, view: LinkView): void {
  // While the other side has records that are not here, what is pending may be numbered there already: theirs come first.
  const ahead = { base: ledger.log.baseN, checkpointN: ledger.checkpoint?.head.n ?? 0 };
  if (view.n !== null && (view.n < ahead.base || behindCheckpoint(view.n, ahead))) return;
  while (view.isBehind && view.n !== null && view.n <= ledger.n && !view.link.isCongested && !view.link.isClosed) {
    if (view.n < ledger.n) {
      const head = nextHead(ledger, view.n);
      if (head === null) return;
      sendRecords(ledger, view, view.n, head);
    } else {
      view.isBehind = false;
      for (const stream of offered(ledger)) {
        const from = Math.max(view.known(stream.name), stream.sequencedSeq);
        if (sendEntries(view, stream.after(from))) continue;
        view.isBehind = true;
        break;
      }
    }
  }
}

/** Sends new entries at once, one message of at most a batch; those that it has already are left out. */
export function offerEntries(view: LinkView, entries: readonly Entry[]): void {
  const fresh = entries.filter((entry) => !view.has(entry));
  if (fresh.length === 0) return;
  if (view.link.isCongested || view.n === null || view.isBehind) {
    view.isBehind = true;
    return;
  }
  if (!sendEntries(view, fresh)) view.isBehind = true;
}

/** Passes on what came over one link: to those links only whose other side is not linked to where it came from. R-LNK-3. */
export function passEntries(ledger: Ledger, views: readonly LinkView[], entries: readonly Entry[], from: Link): void {
  for (const view of views) {
    if (view.link === from || view.windows.has(from.window)) continue;
    // A second branch has the number of one that went before it.
    for (const { stream, seq } of entries) if ((ledger.stream(stream)?.at(seq).length ?? 0) > 1) view.forgetStream(stream);
    offerEntries(view, entries);
  }
}

/** Tells how far one is. */
export function sendHeads(ledger: Ledger, views: readonly LinkView[]): void {
  const heads = headsOf(ledger);
  for (const view of views) view.link.send(heads);
}

/** Everything that the others may lack goes out, and all are told what is here. */
export function exchangeAnew(ledger: Ledger, views: readonly LinkView[]): void {
  sendHeads(ledger, views);
  for (const view of views) {
    view.isBehind = true;
    sendMissing(ledger, view);
  }
}

/** Tells each link who is at the others. */
export function tellPeers(views: readonly LinkView[]): void {
  for (const view of views) {
    const windows = views.filter((other) => other !== view).map((other) => other.link.window);
    view.link.send({ type: 'peers', windows });
  }
}
