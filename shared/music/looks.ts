import { colourStyle, fontStyle, sizeStyle, type TextStyle } from './markup.ts';

/** What {textfont}, {chordsize}, {gridcolour} and the like make of the lines after them. */
export interface LineLook {
  /** Of lyrics, tab or grid, whichever the line is. */
  words?: TextStyle;
  chords?: TextStyle;
  /** Two looks with the same text are the same. */
  key: string;
}

const elements = ['text', 'chord', 'chorus', 'tab', 'grid', 'label'] as const;
type Element = (typeof elements)[number];
type Property = 'font' | 'size' | 'colour';

/** The sizes of the reference, in points: those of a song are taken in proportion to them, so that each reader keeps their own size. */
const points: Readonly<Record<Element, number>> = { text: 12, chord: 10, chorus: 12, tab: 10, grid: 10, label: 12 };
const directive = /^(text|chord|chorus|tab|grid|label|title|toc|footer)(font|size|colour)$/;
/** Values that can be gone back to; nobody nests more, and each costs a little. */
const deepest = 32;

/** Fonts, sizes and colours as they change from line to line; without a value the one before comes back. */
export class Looks {
  private readonly stacks = new Map<string, TextStyle[]>();
  private readonly known = new Map<string, LineLook>();

  /** False where the value is none that can be shown; names that are no such directive do nothing. */
  set(name: string, value: string): boolean {
    const match = directive.exec(name);
    if (match?.[1] === undefined) return true;
    const property = match[2] as Property;
    const style = styleOf(property, value, match[1] as Element);
    // A font that is not known is still one that can be gone back from.
    if (value !== '' && property !== 'font' && Object.keys(style).length === 0) return false;
    this.known.clear();
    // A chorus looks as the rest does until it is told apart.
    for (const element of match[1] === 'text' ? ['text', 'chorus'] : [match[1]]) {
      const stack = this.stacks.get(element + property) ?? [];
      this.stacks.set(element + property, stack);
      if (value === '') stack.pop();
      else if (stack.length < deepest) stack.push(style);
    }
    return true;
  }

  /** Of the lines of a section from here on; null where nothing was asked for. */
  line(section: string): LineLook | null {
    if (this.stacks.size === 0) return null;
    const element = section === 'chorus' || section === 'tab' || section === 'grid' ? section : 'text';
    let look = this.known.get(element);
    if (look === undefined) {
      const words = this.style(element);
      const chords = this.style('chord');
      look = { ...(words === null ? {} : { words }), ...(chords === null ? {} : { chords }), key: JSON.stringify([words, chords]) };
      this.known.set(element, look);
    }
    return look.words === undefined && look.chords === undefined ? null : look;
  }

  /** Null where nothing was asked for. */
  style(element: Element): TextStyle | null {
    if (this.stacks.size === 0) return null;
    const style = ['font', 'size', 'colour'].reduce<TextStyle>(
      (sum, property) => ({ ...sum, ...this.stacks.get(element + property)?.at(-1) }),
      {},
    );
    return Object.keys(style).length === 0 ? null : style;
  }
}

function styleOf(property: Property, value: string, element: Element): TextStyle {
  if (property === 'font') return fontStyle(value);
  return property === 'size' ? sizeStyle(value, points[element] ?? points.text) : colourStyle('colour', value);
}
