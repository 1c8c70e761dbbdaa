import { limits } from '../base/limits.ts';
import type { TextStruct, TextUpdate } from './update.ts';

/** Leaves room for header, signature and the update's own numbers within `limits.entryBytes`. */
const usualPartBytes = 200 * 1024;
/** A struct costs at most this besides its text. */
const structOverhead = 64;
/** UTF-8 of one UTF-16 code unit is at most 3 bytes (a pair: 4 for two). */
const bytesPerUnit = 3;

function isHighSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xd800 && unit <= 0xdbff;
}

/** The first `length` units of a struct and the rest, as Yjs slices: origin of the rest is the unit before it. */
function slice(struct: TextStruct, client: number, length: number): [TextStruct, TextStruct] {
  const head: TextStruct = { ...struct, length, text: struct.text?.slice(0, length) ?? null };
  const rest: TextStruct = {
    ...struct,
    clock: struct.clock + length,
    length: struct.length - length,
    origin: { client, clock: struct.clock + length - 1 },
    root: null,
    text: struct.text?.slice(length) ?? null,
  };
  return [head, rest];
}

/**
 * Cuts an update that is above the limits of R-ENT-2 (a big paste, transposing a song, undoing a select-all) into
 * consecutive ones: structs in clock order, then the deleted ranges. An update within the limits comes back alone.
 * @param partBytes how many bytes of text one part may hold at most
 */
export function cutUpdate(update: TextUpdate, partBytes = usualPartBytes): TextUpdate[] {
  const parts: TextUpdate[] = [];
  let structs: TextStruct[] = [];
  let clocks = 0;
  let size = 0;
  const flush = (): void => {
    if (structs.length > 0) parts.push({ client: update.client, structs, deleted: [] });
    structs = [];
    clocks = 0;
    size = 0;
  };
  for (const whole of update.structs) {
    let rest: TextStruct | null = whole;
    while (rest !== null) {
      const roomInText: number = rest.text === null ? rest.length : Math.floor((partBytes - size - structOverhead) / bytesPerUnit);
      const room = Math.min(limits.updateClocks - clocks, roomInText, rest.length);
      if (structs.length >= limits.updateStructs || room < Math.min(rest.length, 2)) {
        flush();
        continue;
      }
      let length = room;
      if (length < rest.length && rest.text !== null && isHighSurrogate(rest.text, length - 1)) length -= 1;
      const [head, tail]: readonly [TextStruct, TextStruct | null] =
        length === rest.length ? [rest, null] : slice(rest, update.client, length);
      structs.push(head);
      clocks += head.length;
      size += structOverhead + (head.text === null ? 0 : head.length * bytesPerUnit);
      rest = tail;
    }
  }
  if (parts.length === 0 && update.deleted.length <= limits.updateDeletedRanges) return [update];
  flush();
  for (let at = 0; at < update.deleted.length; at += limits.updateDeletedRanges) {
    parts.push({ client: update.client, structs: [], deleted: update.deleted.slice(at, at + limits.updateDeletedRanges) });
  }
  return parts;
}
