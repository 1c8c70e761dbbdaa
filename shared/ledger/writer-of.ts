import { entryKinds, type Entry } from './entry.ts';
import { attestedSchema, parseJson } from './payloads.ts';

/** Who an entry is from: whom the authority attested it for, else the user of its device; null: nobody known. */
export function writerOf(entry: Entry, userOf: (device: string) => string | null): string | null {
  if (entry.kind !== entryKinds.attested) return userOf(entry.device);
  return parseJson(attestedSchema, entry.payload)?.user_id ?? null;
}
