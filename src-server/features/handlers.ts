import type { OperationName, OutputOf, ParsedInputOf } from '../../shared/api/operations.ts';
import type { Caller } from './caller.ts';

/** One function an operation: a row of shared/api without one does not compile. */
export type Handlers = { [N in OperationName]: (input: ParsedInputOf<N>, caller: Caller) => Promise<OutputOf<N>> };
