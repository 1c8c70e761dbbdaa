export interface Keyed<T> {
  key: number;
  item: T;
}

/**
 * Names the items of a list that is edited, so that React knows them again: what stands before and after the edited place keeps its key,
 * and a stanza that is put in moves those below it instead of drawing each of them in the place of another. What stands in the edited place
 * is drawn over what stood there.
 */
export function createKeys<T>(isSame: (before: T, after: T) => boolean): (items: readonly T[]) => readonly Keyed<T>[] {
  let known: readonly Keyed<T>[] = [];
  let count = 0;
  return (items) => {
    const before = known;
    const shorter = Math.min(before.length, items.length);
    const isKept = (at: number, oldAt: number): boolean => {
      const [old, item] = [before[oldAt], items[at]];
      return old !== undefined && item !== undefined && isSame(old.item, item);
    };
    let head = 0;
    while (head < shorter && isKept(head, head)) head += 1;
    let tail = 0;
    while (tail < shorter - head && isKept(items.length - 1 - tail, before.length - 1 - tail)) tail += 1;
    const grown = items.length - before.length;
    known = items.map((item, at) => {
      const oldAt = at < items.length - tail ? at : at - grown;
      const old = at < items.length - tail && at >= before.length - tail ? undefined : before[oldAt];
      return { key: old?.key ?? (count += 1), item };
    });
    return known;
  };
}
