import { operations, type InputOf, type OutputOf } from '../../shared/api/operations.ts';
import type { Bridge, RequestableOperation } from '../../shared/ipc/contract.ts';
import { ask } from './ask.ts';

/** One REST operation by way of core. Throws the Fault that it was refused with. */
export async function request<N extends RequestableOperation>(bridge: Bridge, operation: N, input: InputOf<N>): Promise<OutputOf<N>> {
  return operations[operation].output.parse(await ask(bridge, 'authority.request', { operation, input })) as OutputOf<N>;
}
