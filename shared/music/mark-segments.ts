import type { Segment } from './chart-model.ts';
import { readMarkup, type MarkedText, type TextMark, type TextStyle } from './markup.ts';

/** Takes markup out of the words of a line. It may go over chords: those stand in the words without having any. */
export function markSegments(segments: readonly Segment[]): readonly Segment[] {
  const marked = readMarkup(segments.map(({ lyrics }) => lyrics).join(''));
  if (marked === null) return segments;
  const place = placer(marked);
  let typed = 0;
  let from = 0;
  let next = 0;
  return segments.map((segment) => {
    typed += segment.lyrics.length;
    const to = place(typed);
    const marks: TextMark[] = [];
    while (next > 0 && (marked.marks[next]?.from ?? 0) > from) next -= 1;
    for (; next < marked.marks.length; next += 1) {
      const mark = marked.marks[next];
      if (mark === undefined || mark.from >= to) break;
      if (mark.to > from) marks.push({ ...mark, from: Math.max(mark.from, from) - from, to: Math.min(mark.to, to) - from });
      if (mark.to > to) break;
    }
    const lyrics = marked.text.slice(from, to);
    from = to;
    return marks.length === 0 ? { ...segment, lyrics } : { ...segment, lyrics, marks };
  });
}

/** From a place in the text with tags to one in the text without; asked from left to right. */
function placer({ cuts }: MarkedText): (typed: number) => number {
  let next = 0;
  let cut = 0;
  return (typed) => {
    for (; next < cuts.length; next += 1) {
      const { from, to } = cuts[next] ?? { from: 0, to: 0 };
      if (from >= typed) break;
      if (to > typed) return from - cut;
      cut += to - from;
    }
    return typed - cut;
  };
}

/** What stands in a bracket, without its markup; `placeOf` is where a character of that stands in the content. */
export function bareBracket(content: string): { text: string; placeOf: (at: number) => number; style: TextStyle | null } {
  const marked = readMarkup(content);
  if (marked === null) return { text: content, placeOf: (at) => at, style: null };
  const placeOf = (at: number): number => {
    let place = at;
    for (const { from, to } of marked.cuts) {
      if (from > place) break;
      place += to - from;
    }
    return place;
  };
  return { text: marked.text, placeOf, style: marked.marks[0]?.style ?? null };
}
