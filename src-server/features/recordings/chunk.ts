import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { z } from 'zod';
import { uuidSchema } from '../../../shared/base/ids.ts';
import { pointerSchema } from '../../../shared/session/recording-schemas.ts';

const trackEventSchema = z.strictObject({
  type: z.enum(['user_joined', 'user_left', 'cursor_moved', 'song_shown']),
  user_id: uuidSchema,
  relative_ms: z.int().nonnegative(),
  data: z.record(z.string(), z.unknown()),
});
/** What a recording keeps besides the ledger. */
export type TrackEvent = z.infer<typeof trackEventSchema>;

const chunkSchema = z.strictObject({
  /** Who was where at its end; null in all but keyframes. */
  state: z.array(pointerSchema).nullable(),
  events: z.array(trackEventSchema),
});
export type Chunk = z.infer<typeof chunkSchema>;

/**
 * What every chunk is made of, so that a short one need not say it again: a quarter less. Chunks on disk are read with it: it never
 * changes. Those that were written without it are read as well.
 */
const [uuid, clock] = ['0198f000-0000-7000-8000-000000000000', '"item":{"client":1234567890123456,"clock":1234},"assoc":0}'];
const dictionary = Buffer.from(
  `{"state":[{"user_id":"${uuid}","song_id":"${uuid}","cursor":null,"scroll":null,"is_typing":false}],"events":[` +
    `{"type":"user_joined","user_id":"${uuid}","relative_ms":0,"data":{}},{"type":"user_left","user_id":"${uuid}","relative_ms":0,"data":{}},` +
    `{"type":"song_shown","user_id":"${uuid}","relative_ms":0,"data":{"song_id":"${uuid}"}},` +
    `{"type":"cursor_moved","user_id":"${uuid}","relative_ms":12345,"data":{"cursor":null,"scroll":0,"is_typing":false}},` +
    `{"state":null,"events":[{"type":"cursor_moved","user_id":"${uuid}","relative_ms":12345,"data":{"cursor":` +
    `{"anchor":{"tname":"s:${uuid}",${clock},"head":{"tname":"s:${uuid}",${clock}},"scroll":0.5,"is_typing":true}},{"type":"cursor_moved","user_id":"`,
);

export function encodeChunk(chunk: Chunk): Uint8Array {
  return zstdCompressSync(JSON.stringify(chunk), { dictionary });
}

/** Throws for what this program did not write. */
export function decodeChunk(bytes: Uint8Array): Chunk {
  return chunkSchema.parse(JSON.parse(zstdDecompressSync(bytes, { dictionary }).toString('utf8')));
}

/** The same without anything about one person; null when there was nothing. */
export function withoutPerson(chunk: Chunk, userId: string): Chunk | null {
  const events = chunk.events.filter(({ user_id }) => user_id !== userId);
  const state = chunk.state?.filter(({ user_id }) => user_id !== userId) ?? null;
  const isSame = events.length === chunk.events.length && state?.length === chunk.state?.length;
  return isSame ? null : { state, events };
}
