import { limits } from '../../../shared/base/limits.ts';

type Limits = Partial<Record<keyof typeof limits, number>>;

const { checkpointEvery, checkpointLag, voidEntriesPerDevice } = limits;

/** For a while some limits are so low that a short story comes to them. Answers how to undo it. */
function lower(lower: Limits, usual: Limits): () => void {
  Object.assign(limits, lower);
  return () => void Object.assign(limits, usual);
}

/** Checkpoints come after a few records instead of hundreds, so that windows begin at one. */
export function shortenCheckpoints(): () => void {
  return lower({ checkpointEvery: 3, checkpointLag: 5 }, { checkpointEvery, checkpointLag });
}

/** Who writes in vain is barred after a few entries. */
export function shortenVoidBudget(): () => void {
  return lower({ voidEntriesPerDevice: 3 }, { voidEntriesPerDevice });
}
