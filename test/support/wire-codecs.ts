import { fromHex, toHex } from '../../shared/base/ids.ts';
import type { Bytes } from '../../shared/ledger/bytes.ts';
import { encodeCheckpointBody, parseCheckpointBody } from '../../shared/ledger/checkpoint-body.ts';
import { encodeCheckpointHead, parseCheckpointHead } from '../../shared/ledger/checkpoint.ts';
import { parseEntry, signEntry, withoutPayload, withSkeleton } from '../../shared/ledger/entry.ts';
import { encodeMessage, parseMessage } from '../../shared/ledger/messages.ts';
import { encodeHead, encodeRecord, parseHead, parseRecord } from '../../shared/ledger/record.ts';
import { decodeUpdate, encodeUpdate } from '../../shared/ledger/update.ts';
import type { WireKeys } from './wire-keys.ts';

/** Reads one kind of frame strictly and writes it again. */
export interface Codec {
  /** Null for what is not one. */
  read(bytes: Bytes): { says: unknown; write(): Promise<Uint8Array> } | null;
}

function codec<T>(
  parse: (bytes: Bytes) => T | null,
  encode: (frame: T) => Uint8Array | Promise<Uint8Array>,
  say: (frame: T) => unknown,
): Codec {
  return {
    read: (bytes) => {
      const frame = parse(bytes);
      return frame === null ? null : { says: inWords(say(frame)), write: async () => encode(frame) };
    },
  };
}

/** Bytes as hex, at every depth, so that it can stand in JSON. */
function inWords(value: unknown): unknown {
  if (value instanceof Uint8Array) return toHex(value);
  if (Array.isArray(value)) return value.map(inWords);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inWords(inner)]));
}

export function wireCodecs({ authority, ann, bob }: WireKeys) {
  const signerOf = (device: string) => [authority, ann, bob].find((key) => toHex(key.deviceId) === device)?.signer ?? ann.signer;
  return {
    updates: codec(
      (bytes) => decodeUpdate(bytes, ann.clientId),
      encodeUpdate,
      (update) => update,
    ),
    entries: codec(
      parseEntry,
      async (entry) => {
        if (entry.form === 'bare') return withoutPayload(entry).bytes;
        if (entry.form === 'skeleton') return withSkeleton(entry, entry.payload).bytes;
        const draft = { ...entry, run: fromHex(entry.stream.slice(32)), prev: fromHex(entry.prev) };
        return (await signEntry(draft, signerOf(entry.device))).bytes;
      },
      ({ form, kind, sessionId, stream, clientId, seq, prev, epoch, at, hash, payload }) => ({
        form,
        kind,
        sessionId,
        stream,
        clientId,
        seq,
        prev,
        epoch,
        at,
        hash,
        payload,
      }),
    ),
    records: codec(parseRecord, encodeRecord, (record) => record),
    heads: codec(parseHead, encodeHead, (head) => head),
    'checkpoint-heads': codec(parseCheckpointHead, encodeCheckpointHead, (head) => head),
    'checkpoint-bodies': codec(parseCheckpointBody, encodeCheckpointBody, (body) => body),
    messages: codec(parseMessage, encodeMessage, (message) => message),
  } satisfies Record<string, Codec>;
}
