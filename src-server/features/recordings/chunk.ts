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

export function encodeChunk(chunk: Chunk): Uint8Array {
  return zstdCompressSync(JSON.stringify(chunk));
}

/** Throws for what this program did not write. */
export function decodeChunk(bytes: Uint8Array): Chunk {
  return chunkSchema.parse(JSON.parse(zstdDecompressSync(bytes).toString('utf8')));
}

/** The same without anything about one person; null when there was nothing. */
export function withoutPerson(chunk: Chunk, userId: string): Chunk | null {
  const events = chunk.events.filter(({ user_id }) => user_id !== userId);
  const state = chunk.state?.filter(({ user_id }) => user_id !== userId) ?? null;
  const isSame = events.length === chunk.events.length && state?.length === chunk.state?.length;
  return isSame ? null : { state, events };
}
