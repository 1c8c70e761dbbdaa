import { Fault } from '../../shared/base/errors.ts';
import type { ArgsOf, Bridge, CallName, ResultOf } from '../../shared/ipc/contract.ts';

/** One call to core. Throws the Fault that it was refused with. */
export async function ask<N extends CallName>(bridge: Bridge, name: N, args: ArgsOf<N>): Promise<ResultOf<N>> {
  const reply = await bridge.invoke(name, args);
  if (reply.ok) return reply.result;
  throw new Fault(reply.code, reply.detail, reply.errors);
}
