import type { LineLook } from './looks.ts';
import { readLine, type LineMode, type ReadLine } from './read-line.ts';
import { shiftKey, type ChordShift } from './shift-chord.ts';

type Shelf = Map<string, ReadLine>;

/**
 * Lines that were read before: a keystroke changes one line of a song, and all others are the same objects as in the chart before, so
 * nothing that draws them has to look at them again. Two generations are kept: what the last two charts did not use is forgotten.
 */
export class LineMemory {
  /** By mode and shift, then by the text of the line. */
  private young = new Map<string, Shelf>();
  private old = new Map<string, Shelf>();
  /** Where the last line was; the next one is nearly always of the same kind. */
  private last: { mode: LineMode; shift: ChordShift; look: LineLook | null; young: Shelf; old: Shelf | undefined } | null = null;

  /** Before each chart. */
  turn(): void {
    this.old = this.young;
    this.young = new Map();
    this.last = null;
  }

  read(content: string, mode: LineMode, shift: ChordShift, look: LineLook | null): ReadLine {
    const { young, old } = this.shelves(mode, shift, look);
    let known = young.get(content);
    if (known === undefined) {
      known = old?.get(content) ?? withLook(readLine(content, mode, shift), look);
      young.set(content, known);
    }
    return known;
  }

  private shelves(mode: LineMode, shift: ChordShift, look: LineLook | null): { young: Shelf; old: Shelf | undefined } {
    if (this.last?.mode === mode && this.last.shift === shift && this.last.look === look) return this.last;
    const key = `${mode}\n${shiftKey(shift)}\n${look?.key ?? ''}`;
    let young = this.young.get(key);
    if (young === undefined) {
      young = new Map();
      this.young.set(key, young);
    }
    this.last = { mode, shift, look, young, old: this.old.get(key) };
    return this.last;
  }
}

const withLook = (read: ReadLine, look: LineLook | null): ReadLine =>
  look === null || read.line.type === 'empty' ? read : { ...read, line: { ...read.line, look } };
