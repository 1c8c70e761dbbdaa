import { limits } from '../../shared/base/limits.ts';
import type { KeptDraft } from '../../shared/ipc/contract.ts';

// Texts of drafts that can't be derived any more, as they are put beside each other. R-LOC-3.

/** Whether what one draft keeps is in another, which keeps more. */
export function covers(whole: KeptDraft, part: KeptDraft): boolean {
  if (whole.song_id !== part.song_id || whole.marks.length <= part.marks.length) return false;
  const marks = new Set(whole.marks);
  return part.marks.every((mark) => marks.has(mark));
}

function isSameChanges(one: KeptDraft, other: KeptDraft): boolean {
  if (one.song_id !== other.song_id || one.marks.length !== other.marks.length) return false;
  const marks = new Set(one.marks);
  return other.marks.every((mark) => marks.has(mark));
}

/** Without those that another one covers, and of the same changes the last. */
export function uncovered(drafts: readonly KeptDraft[]): KeptDraft[] {
  return drafts.filter((draft, at) => !drafts.some((other, place) => covers(other, draft) || (place > at && isSameChanges(other, draft))));
}

/** One draft with what is kept already of the same text: a sentence may leave a song in pieces. */
export function joined(draft: KeptDraft, kept: readonly KeptDraft[]): KeptDraft {
  const same = kept.find(({ song_id, text }) => song_id === draft.song_id && text === draft.text);
  if (same === undefined) return draft;
  const marks = [...new Set([...same.marks, ...draft.marks])].slice(0, limits.draftMarks);
  return { ...draft, marks, entry_count: Math.max(marks.length, draft.entry_count), since: Math.min(same.since, draft.since) };
}

/** Core knows a song's draft by its first mark, and puts it in the place of another one with that: others must keep theirs. */
export function named(draft: KeptDraft, kept: readonly KeptDraft[]): KeptDraft {
  const others = kept.filter((other) => other !== draft && other.song_id === draft.song_id);
  const taken = new Set(others.map(({ marks }) => marks[0]));
  const name = draft.marks.find((mark) => !taken.has(mark)) ?? draft.marks[0];
  return name === undefined ? draft : { ...draft, marks: [name, ...draft.marks.filter((mark) => mark !== name)] };
}
