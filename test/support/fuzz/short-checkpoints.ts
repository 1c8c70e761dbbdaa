import { limits } from '../../../shared/base/limits.ts';

const short: Partial<Record<keyof typeof limits, number>> = { checkpointEvery: 3, checkpointLag: 5 };

/** Checkpoints come after a few records instead of hundreds, so that a short story has some. Answers how to undo it. */
export function shortenCheckpoints(): () => void {
  const { checkpointEvery, checkpointLag } = limits;
  Object.assign(limits, short);
  return () => void Object.assign(limits, { checkpointEvery, checkpointLag });
}
