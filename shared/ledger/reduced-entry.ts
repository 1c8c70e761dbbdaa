import { toHex } from '../base/ids.ts';
import { sha256 } from './digest.ts';
import { entryKinds, withSkeleton, type Entry } from './entry.ts';
import { verdicts, type LedgerRecord } from './record.ts';
import { decodeUpdate, encodeUpdate, skeletonOf } from './update.ts';

/** Kinds that a deletion can name. An entry of another kind without its payload would take others' text with it. */
const deletableKinds: ReadonlySet<number> = new Set([entryKinds.comment, entryKinds.chat, entryKinds.attested]);

/** Whether the record lets this form of its entry stand for the whole: an entry is what its hash says, so both must be of one hash. R-ENT-6, R-AUT-4. */
export function standsUnder(entry: Entry, record: LedgerRecord): boolean {
  if (entry.form === 'whole') return true;
  if (entry.form === 'bare') return deletableKinds.has(entry.kind);
  return record.verdict === verdicts.void && record.skeletonSha256 === toHex(sha256(entry.payload));
}

/** Hex; null for an entry that has no skeleton. */
export function skeletonDigest(entry: Entry): string | null {
  const skeleton = skeletonBytes(entry);
  return skeleton === null ? null : toHex(sha256(skeleton));
}

function skeletonBytes(entry: Entry): Uint8Array<ArrayBuffer> | null {
  if (entry.kind !== entryKinds.songUpdate) return null;
  const update = decodeUpdate(entry.payload, entry.clientId);
  const skeleton = update === null ? null : skeletonOf(update);
  return skeleton === null ? null : encodeUpdate(skeleton);
}

/** A void entry as it goes to who was not there: its text is nobody's business but its author's. R-AUT-4. */
export function asSkeleton(entry: Entry, record: LedgerRecord): Entry {
  if (entry.form !== 'whole' || record.verdict !== verdicts.void || record.skeletonSha256 === null) return entry;
  const skeleton = skeletonBytes(entry);
  return skeleton === null ? entry : withSkeleton(entry, skeleton);
}
