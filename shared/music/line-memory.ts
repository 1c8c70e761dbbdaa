import { readLine, type LineMode, type ReadLine } from './read-line.ts';
import { shiftKey, type ChordShift } from './shift-chord.ts';

/**
 * Lines that were read before: a keystroke changes one line of a song, and all others are the same objects as in the chart before, so
 * nothing that draws them has to look at them again. Two generations are kept: what the last two charts did not use is forgotten.
 */
export class LineMemory {
  private young = new Map<string, ReadLine>();
  private old = new Map<string, ReadLine>();

  /** Before each chart. */
  turn(): void {
    this.old = this.young;
    this.young = new Map();
  }

  read(content: string, mode: LineMode, shift: ChordShift): ReadLine {
    const key = `${mode}\n${shiftKey(shift)}\n${content}`;
    let known = this.young.get(key);
    if (known === undefined) {
      known = this.old.get(key) ?? readLine(content, mode, shift);
      this.young.set(key, known);
    }
    return known;
  }
}
