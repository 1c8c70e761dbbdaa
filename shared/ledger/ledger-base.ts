import { fromHex } from '../base/ids.ts';
import type { Checkpoint, CheckpointHead } from './checkpoint.ts';
import { parseCheckpointBody, type CheckpointBody } from './checkpoint-body.ts';
import { contentDigest } from './content-digest.ts';
import type { Entry } from './entry.ts';
import { entryKinds } from './entry.ts';
import { Fold } from './fold.ts';
import type { LedgerRecord } from './record.ts';
import { verdicts } from './record.ts';
import { StreamState } from './stream-state.ts';
import { clientIdOf, deviceIdBytes, deviceOfStream } from './stream.ts';

/** What a ledger begins at instead of the beginning. R-AUT-3. */
export interface LedgerBase {
  readonly head: CheckpointHead;
  readonly body: CheckpointBody;
  /** Number of what counts, by hash. */
  readonly counted: ReadonlyMap<string, number>;
  /** The fold that it was verified with, for whoever begins first: a song of 1 MB takes a second to build. */
  spare: Fold | null;
}

/** Kinds that are listed one by one in a checkpoint, since they are read as they are and not by what they come to. */
export function isListed(entry: Entry): boolean {
  return entry.kind !== entryKinds.songUpdate && entry.kind !== entryKinds.songSet;
}

/** The base that a joined checkpoint makes; null when its body is malformed or its content is not what was signed. */
export function openBase({ head, body: bytes }: Checkpoint): LedgerBase | null {
  const body = parseCheckpointBody(bytes);
  if (body === null) return null;
  const base = { head, body, counted: new Map(body.counted.map(({ n, hash }) => [hash, n])), spare: null };
  try {
    const fold = foldFrom(base, []);
    const { pendingStructs, pendingDs } = fold.doc.store;
    const isWhole = pendingStructs === null && pendingDs === null && contentDigest(fold) === head.contentSha256;
    return isWhole ? { ...base, spare: fold } : null;
  } catch {
    return null;
  }
}

/** A fold that stands at the base. @param recalled what counts of comments, chat and markers, as far as it is here, by number */
export function foldFrom(base: LedgerBase | null, recalled: readonly Entry[]): Fold {
  const fold = base?.spare ?? new Fold();
  if (base !== null && base.spare === null) fold.beginAt(base.body.state, base.body.sets, [...base.counted.keys(), ...base.body.refused]);
  if (base !== null) base.spare = null;
  if (recalled.length > 0) fold.recall(recalled);
  return fold;
}

export function streamsOf(base: LedgerBase): StreamState[] {
  return base.body.streams.map(({ stream, seq, hash, isClosed }) => {
    const state = new StreamState(stream);
    state.isClosed = isClosed;
    state.beginAfter(seq, hash);
    return state;
  });
}

/** Which streams own their Yjs client ids at the base. */
export function ownersOf(base: LedgerBase, sessionBytes: Uint8Array<ArrayBuffer>): [client: number, stream: string][] {
  return base.body.streams.filter(({ ownsClient }) => ownsClient).map(({ stream }) => [clientOf(stream, sessionBytes), stream]);
}

/** The Yjs client id that belongs to a stream by its name. */
export function clientOf(stream: string, sessionBytes: Uint8Array<ArrayBuffer>): number {
  return clientIdOf(sessionBytes, fromHex(deviceOfStream(stream)), fromHex(stream).slice(deviceIdBytes));
}

/** The record of an entry that the base lists: its number is the authority's, its time the author's. */
export function recordFromBase(base: LedgerBase, { stream, seq, hash, at }: Entry): LedgerRecord {
  return { n: base.counted.get(hash) ?? 0, verdict: verdicts.ok, stream, seq, hash, receivedAt: at, skeletonSha256: null };
}
