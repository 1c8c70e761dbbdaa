import type { z } from 'zod';

/** One row per call: strict arguments in, result out. Binary values are `Uint8Array` on both shells. */
export interface Call<A extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> {
  args: A;
  result: R;
}

export function call<A extends z.ZodType, R extends z.ZodType>(args: A, result: R): Call<A, R> {
  return { args, result };
}
