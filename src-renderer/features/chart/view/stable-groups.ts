/**
 * Parts a list that is edited into groups of at most so many items, so that an edit makes another group of the one it stands in and leaves
 * all others the same objects: groups of a fixed size would all be others below a line that is put in.
 */
export function createGroups<T>(
  isSame: (before: T, after: T) => boolean,
  most: number,
): (items: readonly T[]) => readonly (readonly T[])[] {
  let known: readonly (readonly T[])[] = [];
  return (items) => {
    const before = known;
    const isKept = (group: readonly T[] | undefined, from: number): group is readonly T[] =>
      group?.every((item, at) => {
        const now = items[from + at];
        return now !== undefined && isSame(item, now);
      }) ?? false;
    let [head, headItems] = [0, 0];
    for (let group = before[head]; isKept(group, headItems); group = before[head]) {
      head += 1;
      headItems += group.length;
    }
    let [tail, tailFrom] = [before.length, items.length];
    for (let group = before[tail - 1]; tail > head && group !== undefined; group = before[tail - 1]) {
      const from = tailFrom - group.length;
      if (from < headItems || !isKept(group, from)) break;
      tail -= 1;
      tailFrom = from;
    }
    // What is left of a group that shrinks joins the one above: many small ones would cost more than they save.
    while (head > 0 && tailFrom > headItems && tailFrom - headItems < most / 2) {
      head -= 1;
      headItems -= before[head]?.length ?? 0;
    }
    known = [...before.slice(0, head), ...inParts(items.slice(headItems, tailFrom), most), ...before.slice(tail)];
    return known;
  };
}

/** Parts of about one size that have room for some more: a full one would be parted again by the next item put in. */
function inParts<T>(items: readonly T[], most: number): T[][] {
  if (items.length <= most) return items.length === 0 ? [] : [[...items]];
  const size = Math.ceil(items.length / Math.ceil(items.length / ((most * 2) / 3)));
  const parts: T[][] = [];
  for (let from = 0; from < items.length; from += size) parts.push(items.slice(from, from + size));
  return parts;
}
