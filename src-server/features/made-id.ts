import { createHash } from 'node:crypto';
import { uuidFromBytes } from '../../shared/base/ids.ts';
import { type Deps, newId } from '../deps.ts';
import type { Caller } from './caller.ts';

/**
 * Id of what this request makes. Under an Idempotency-Key it follows from user and key, so that a server that died between its work
 * and the keeping of its answer finds what is there already when the request comes again, after a minute or after a month.
 * UUID version 8 (RFC 9562 §5.8).
 */
export function madeId({ user_id, request_key }: Caller, deps: Pick<Deps, 'clock' | 'random'>): string {
  if (user_id === null || request_key === undefined) return newId(deps);
  const bytes = createHash('sha256').update(`chordme-made-v1\n${user_id}\n${request_key}`).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return uuidFromBytes(bytes);
}
