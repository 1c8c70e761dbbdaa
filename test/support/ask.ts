import type { ArgsOf, CallName, Reply, ResultOf } from '../../shared/ipc/contract.ts';

/** Anything that answers calls: a core, or a window's bridge. */
export interface Answerer {
  invoke(name: string, args: unknown): Promise<Reply<CallName>>;
}

/** The result of a call that is expected to succeed. */
export async function ask<N extends CallName>(to: Answerer, name: N, args: ArgsOf<N>): Promise<ResultOf<N>> {
  const reply = await to.invoke(name, args);
  if (!reply.ok) throw new Error(`${name}: ${reply.code} (${reply.detail ?? ''})`);
  return reply.result as ResultOf<N>;
}

/** The code of a call that is expected to be refused; 'ok' when it was not. */
export async function refusal<N extends CallName>(to: Answerer, name: N, args: ArgsOf<N>): Promise<string> {
  const reply = await to.invoke(name, args);
  return reply.ok ? 'ok' : reply.code;
}
