import type { MarkLine, MarkType } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';

/** A take that has no name gets its number: hands are on the instrument. */
export function numberedMark(type: MarkType, marks: readonly Pick<MarkLine, 'type'>[]): string {
  return en.marks.numbered(en.marks.types[type], marks.filter((mark) => mark.type === type).length + 1);
}
