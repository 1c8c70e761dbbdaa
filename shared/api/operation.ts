import type { z } from 'zod';

/** Who may call: `open` without a token; `user` with one; `account` with one and no guest; `participant` is decided from the session's own table. */
export type Gate = 'open' | 'user' | 'account' | 'participant' | 'admin';

/**
 * One row per REST operation: route, types, client and OpenAPI document derive from it.
 * `input` is one strict object. Keys named in `path` as `:key` travel in the path; the others in the query of GET and
 * DELETE (as text, so their schemas coerce), else in the JSON body.
 */
export interface Operation<I extends z.ZodObject = z.ZodObject, O extends z.ZodType = z.ZodType> {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Below `/api/v1`. */
  path: `/${string}`;
  summary: string;
  gate: Gate;
  input: I;
  output: O;
  /** Status of success: 204 sends no body. */
  status: 200 | 201 | 204;
  /** Calls per window and user (per address on open routes). */
  rate: { max: number; windowMs: number };
}

export function operation<I extends z.ZodObject, O extends z.ZodType>(row: Operation<I, O>): Operation<I, O> {
  return row;
}

export const minuteMs = 60_000;
