import { sayFault } from '../ui/notices.tsx';
import { toFault } from './queries.ts';

/** Does what a person asked for; what it is refused with is told to them. */
export async function sayingFaults(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    sayFault(toFault(error));
  }
}
