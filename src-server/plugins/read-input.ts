import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Fault, type FieldFault } from '../../shared/base/errors.ts';
import type { Operation } from '../../shared/api/operation.ts';

/** Names in a row's path: `/sessions/:id` has `id`. */
export function pathKeys(path: string): string[] {
  return [...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
}

export function inputTravelsInQuery(row: Pick<Operation, 'method'>): boolean {
  return row.method === 'GET' || row.method === 'DELETE';
}

function objectOf(value: unknown, place: string): Record<string, unknown> {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new Fault('bad-request', undefined, [{ path: '', message: `The ${place} must be an object.` }]);
  }
  return { ...value };
}

function fieldFaults(error: z.ZodError): FieldFault[] {
  // A body of a million wrong items must not answer with a million lines.
  return error.issues.slice(0, 20).map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
}

/**
 * The one strict object of a row, put together from path, query and body. Nothing may come by another way than the row
 * says. Throws 'bad-request' with what is wrong.
 */
export function readInput(row: Operation, request: Pick<FastifyRequest, 'params' | 'query' | 'body'>): unknown {
  const params = objectOf(request.params, 'path');
  const query = objectOf(request.query, 'query');
  const body = objectOf(request.body, 'body');
  const [given, other, otherPlace] = inputTravelsInQuery(row) ? [query, body, 'body'] : [body, query, 'query'];
  const stray = [...Object.keys(other), ...pathKeys(row.path).filter((key) => Object.hasOwn(given, key))];
  if (stray.length > 0) {
    throw new Fault(
      'bad-request',
      undefined,
      stray.slice(0, 20).map((path) => ({ path, message: `Not expected here (${otherPlace}).` })),
    );
  }
  const parsed = row.input.safeParse({ ...given, ...params });
  if (!parsed.success) throw new Fault('bad-request', undefined, fieldFaults(parsed.error));
  return parsed.data;
}
