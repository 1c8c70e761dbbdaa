import { Fault } from '../../shared/base/errors.ts';
import { concat } from '../../shared/ledger/bytes.ts';
import { openStart, type StoredLedger } from '../../shared/ledger/load.ts';
import type { SentStretch } from '../../shared/ledger/verify-stretch.ts';
import type { RecordingLedgerPage } from '../../shared/session/recording-schemas.ts';
import { bytesOfBase64 } from './base64.ts';

/** What the pages hold together. Throws Fault 'protocol-error' for what is no base64 or not in its order. */
export function joinPages(pages: readonly RecordingLedgerPage[]): SentStretch {
  try {
    const parts = pages.flatMap(({ checkpoint }) => checkpoint ?? []);
    let size = 0;
    const body = parts.map(({ offset, part }) => {
      if (offset !== size) throw new RangeError('a part of a checkpoint is missing');
      const bytes = bytesOfBase64(part);
      size += bytes.length;
      return bytes;
    });
    const [first] = parts;
    const head = pages.at(-1)?.head ?? null;
    return {
      checkpoint: first === undefined ? null : { head: bytesOfBase64(first.head), body: concat(...body) },
      records: pages.flatMap(({ records }) => records.map(bytesOfBase64)),
      entries: pages.flatMap(({ entries }) => entries.map(bytesOfBase64)),
      head: head === null ? null : bytesOfBase64(head),
    };
  } catch {
    throw new Fault('protocol-error');
  }
}

/** Pages that were verified before they were kept. */
export function readPages(pages: readonly RecordingLedgerPage[]): StoredLedger {
  const { checkpoint, records, entries, head } = joinPages(pages);
  return { start: openStart(checkpoint), records, entries, heads: head === null ? [] : [head] };
}
