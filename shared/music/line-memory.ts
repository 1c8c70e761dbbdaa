import type { ChartLine } from './chart-model.ts';
import type { LineLook } from './looks.ts';
import { readLine, type LineMode, type ReadLine } from './read-line.ts';
import { shiftKey, type ChordShift } from './shift-chord.ts';

type Shelf = Map<string, ReadLine>;

interface Kind {
  mode: LineMode;
  shift: ChordShift;
  look: LineLook | null;
}

/**
 * Lines that were read before: a keystroke changes one line of a song, and all others are the same objects as in the chart before, so
 * nothing that draws them has to look at them again. Two generations are kept: what the last two charts did not use is forgotten.
 */
export class LineMemory {
  /** By mode and shift, then by the text of the line. */
  private young = new Map<string, Shelf>();
  private old = new Map<string, Shelf>();
  /** Where the last line was; the next one is nearly always of the same kind. */
  private last: { kind: Kind; young: Shelf; old: Shelf | undefined } | null = null;
  /** Null where no line is read again: the text is read once. */
  private readonly kinds: WeakMap<ChartLine, Kind> | null;

  constructor(isForTyping: boolean) {
    this.kinds = isForTyping ? new WeakMap() : null;
  }

  /** Before each chart. */
  turn(): void {
    this.old = this.young;
    this.young = new Map();
    this.last = null;
  }

  read(content: string, mode: LineMode, shift: ChordShift, look: LineLook | null): ReadLine {
    // Of a text that is read once few lines come twice: to keep them all would cost more.
    if (this.kinds === null) return withLook(readLine(content, mode, shift), look);
    const { kind, young, old } = this.shelves(mode, shift, look);
    let known = young.get(content);
    if (known === undefined) {
      known = old?.get(content) ?? withLook(readLine(content, mode, shift), look);
      young.set(content, known);
      if (known.line.type !== 'empty') this.kinds.set(known.line, kind);
    }
    return known;
  }

  /** Whether `readAgain` knows how the line was read. */
  isKnown(line: ChartLine): boolean {
    return this.kinds?.has(line) === true;
  }

  /** Other content in the place of a line that was read here, or beside it; not remembered, since each letter makes another one. Null for other lines. */
  readAgain(line: ChartLine, content: string): ReadLine | null {
    const kind = this.kinds?.get(line);
    if (kind === undefined) return null;
    const read = withLook(readLine(content, kind.mode, kind.shift), kind.look);
    // All empty lines are one.
    if (read.line.type !== 'empty') this.kinds?.set(read.line, kind);
    return read;
  }

  private shelves(mode: LineMode, shift: ChordShift, look: LineLook | null): { kind: Kind; young: Shelf; old: Shelf | undefined } {
    const { last } = this;
    if (last?.kind.mode === mode && last.kind.shift === shift && last.kind.look === look) return last;
    const key = `${mode}\n${shiftKey(shift)}\n${look?.key ?? ''}`;
    let young = this.young.get(key);
    if (young === undefined) {
      young = new Map();
      this.young.set(key, young);
    }
    this.last = { kind: { mode, shift, look }, young, old: this.old.get(key) };
    return this.last;
  }
}

const withLook = (read: ReadLine, look: LineLook | null): ReadLine =>
  look === null || read.line.type === 'empty' ? read : { ...read, line: { ...read.line, look } };
