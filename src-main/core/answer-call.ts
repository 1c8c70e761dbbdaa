import type { z } from 'zod';
import { Fault } from '../../shared/base/errors.ts';
import { calls, type CallName, type Reply, type ResultOf } from '../../shared/ipc/contract.ts';
import type { CoreLogger } from './core-logger.ts';
import { storageProblemOf } from './database/storage-problem.ts';

export type ParsedArgsOf<N extends CallName> = z.output<(typeof calls)[N]['args']>;

/** One handler a call: a missing one is a compile error. */
export type CoreHandlers = { [N in CallName]: (args: ParsedArgsOf<N>) => ResultOf<N> | Promise<ResultOf<N>> };

function isCallName(name: unknown): name is CallName {
  return typeof name === 'string' && Object.hasOwn(calls, name);
}

const refused = { ok: false, code: 'bad-request' } as const;

/**
 * The border that every shell calls: strict arguments in, a reply out, never an exception. What is not a Fault is a bug:
 * logged here, `internal` for the caller.
 */
export async function answerCall(handlers: CoreHandlers, logger: CoreLogger, name: unknown, args: unknown): Promise<Reply<CallName>> {
  if (!isCallName(name)) return refused;
  const parsed = calls[name].args.safeParse(args);
  if (!parsed.success) {
    const errors = parsed.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }));
    return { ...refused, errors };
  }
  try {
    // One row's handler takes that row's arguments; the compiler can't follow a union of rows.
    const handler = handlers[name] as (args: unknown) => Promise<unknown>;
    const result = await handler(parsed.data);
    return { ok: true, result: calls[name].result.parse(result) };
  } catch (error) {
    if (!(error instanceof Fault)) {
      const problem = storageProblemOf(error);
      if (problem !== null) {
        logger.warn({ err: error, call: name }, 'the disk did not serve');
        return { ok: false, code: problem };
      }
      logger.error({ err: error, call: name }, 'a call failed');
      return { ok: false, code: 'internal' };
    }
    return { ok: false, code: error.code, detail: error.message, ...(error.errors.length > 0 && { errors: error.errors }) };
  }
}
