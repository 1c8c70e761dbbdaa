import { z } from 'zod';
import { uuidSchema } from '../base/ids.ts';

const idSchema = z.strictObject({ client: z.int().nonnegative(), clock: z.int().nonnegative() });
/** A Yjs relative position as JSON. */
const positionSchema = z.strictObject({
  type: idSchema.nullish(),
  tname: z
    .string()
    .regex(/^s:[0-9a-f-]{36}$/)
    .nullish(),
  item: idSchema.nullish(),
  assoc: z.int().nullish(),
});

export const cursorSchema = z.strictObject({ anchor: positionSchema, head: positionSchema });

/** What a window tells about itself. Who it belongs to is not believed but looked up: R-MSH-1. */
export const presenceStateSchema = z.object({
  cursor: cursorSchema.nullish(),
  song_id: uuidSchema.nullish(),
  is_typing: z.boolean().optional(),
  /** How far the chart is scrolled: 0 its beginning, 1 its end. */
  scroll: z.number().min(0).max(1).nullish(),
});
export type SharedPresence = z.infer<typeof presenceStateSchema>;
