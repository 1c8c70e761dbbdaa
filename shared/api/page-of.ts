import { z } from 'zod';

/** What a list takes besides its own questions. */
export const page = { limit: z.coerce.number().int().min(1).max(100).default(50), cursor: z.string().max(256).optional() };

/** What every list answers; without another page `next_cursor` is null. */
export const pageOf = <T extends z.ZodType>(item: T) => z.strictObject({ items: z.array(item), next_cursor: z.string().nullable() });
