import { z } from 'zod';
import { Fault, isFaultCode } from '../../../shared/base/errors.ts';
import { operations, type OperationName, type OutputOf } from '../../../shared/api/operations.ts';
import type { HttpAnswer } from './http-exchange.ts';

/** RFC 9457, as much of it as is used; later servers may say more. */
const problemSchema = z.looseObject({
  code: z.string(),
  detail: z.string().optional(),
  errors: z.array(z.looseObject({ path: z.string(), message: z.string() })).optional(),
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Fault('protocol-error', 'The server did not answer in JSON.');
  }
}

function problemOf({ contentType, text }: HttpAnswer): Fault {
  const problem = contentType === 'application/problem+json' ? problemSchema.safeParse(parseJson(text)) : null;
  if (problem?.success !== true || !isFaultCode(problem.data.code)) {
    return new Fault('protocol-error', 'This does not answer like a ChordMe server.');
  }
  const errors = (problem.data.errors ?? []).map(({ path, message }) => ({ path, message }));
  return new Fault(problem.data.code, problem.data.detail, errors);
}

/** The result of an operation, strictly by its row. Throws the server's own Fault, or 'protocol-error'. */
export function readRestAnswer<N extends OperationName>(name: N, answer: HttpAnswer): OutputOf<N> {
  const row = operations[name];
  if (answer.status < 200 || answer.status > 299) throw problemOf(answer);
  if (answer.status !== row.status) throw new Fault('protocol-error');
  const parsed = row.output.safeParse(row.status === 204 ? null : parseJson(answer.text));
  if (!parsed.success) throw new Fault('protocol-error', 'The server answered in a form that this version does not know.');
  return parsed.data as OutputOf<N>;
}

const jwksSchema = z.looseObject({
  keys: z.array(z.looseObject({ kty: z.string(), crv: z.string().optional(), x: z.string().optional() })).max(32),
});

/** The Ed25519 keys of a JWK set, as their `x` members. */
export function readJwks(answer: HttpAnswer): string[] {
  const parsed = answer.status === 200 ? jwksSchema.safeParse(parseJson(answer.text)) : null;
  if (parsed?.success !== true) throw new Fault('protocol-error', 'This does not answer like a ChordMe server.');
  return parsed.data.keys.flatMap(({ kty, crv, x }) => (kty === 'OKP' && crv === 'Ed25519' && x !== undefined ? [x] : []));
}
