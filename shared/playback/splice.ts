/** One change of one song's text: at a place, in UTF-16 units, either something goes or something comes. */
export interface Splice {
  song_id: string;
  at: number;
  removed: string;
  inserted: string;
}

export function applySplice(text: string, { at, removed, inserted }: Splice): string {
  return text.slice(0, at) + inserted + text.slice(at + removed.length);
}

/**
 * The text after one splice after the other. It is put together once, of pieces: a text that is made anew for each splice is copied as often.
 */
export function applySplices(text: string, splices: readonly Splice[]): string {
  if (splices.length < 2) return splices.reduce(applySplice, text);
  const pieces = [text];
  for (const { at, removed, inserted } of splices) {
    const first = cut(pieces, at);
    pieces.splice(first, cut(pieces, at + removed.length) - first, inserted);
  }
  return pieces.join('');
}

/** Has a piece begin at a place; its index. */
function cut(pieces: string[], at: number): number {
  let start = 0;
  for (const [index, piece] of pieces.entries()) {
    if (start >= at) return index;
    if (at < start + piece.length) {
      pieces.splice(index, 1, piece.slice(0, at - start), piece.slice(at - start));
      return index + 1;
    }
    start += piece.length;
  }
  return pieces.length;
}

/** Where a place is after a change. What is written exactly there goes before it, as a shared text has it. */
export function movedBy(place: number, { at, removed, inserted }: Splice): number {
  if (place < at) return place;
  return Math.max(at, place - removed.length) + inserted.length;
}

/** The same changes in as few as follow one another at one place. */
export function joinSplices(splices: readonly Splice[]): Splice[] {
  const joined: Splice[] = [];
  for (const { ...splice } of splices) {
    const last = joined.at(-1);
    const isBeside = last !== undefined && last.song_id === splice.song_id;
    if (isBeside && last.removed + splice.removed === '' && splice.at === last.at + last.inserted.length) last.inserted += splice.inserted;
    else if (isBeside && last.inserted + splice.inserted === '' && splice.at === last.at) last.removed += splice.removed;
    else joined.push(splice);
  }
  return joined;
}
