import type { Range } from '@codemirror/state';
import { Decoration, EditorView, WidgetType, type DecorationSet } from '@codemirror/view';

/** Somebody's caret and what they selected, as places in the text. */
export interface CursorMark {
  from: number;
  to: number;
  head: number;
  name: string;
  /** `#rrggbb` */
  color: string;
}

/** Black or white, whichever reads better on the colour (WCAG relative luminance). */
function inkOn(color: string): string {
  const channel = (at: number): number => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  const luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
  return luminance > 0.179 ? '#000000' : '#ffffff';
}

class CaretWidget extends WidgetType {
  readonly name: string;
  readonly color: string;

  constructor(name: string, color: string) {
    super();
    this.name = name;
    this.color = color;
  }

  override eq(other: CaretWidget): boolean {
    return other.name === this.name && other.color === this.color;
  }

  override toDOM(): HTMLElement {
    const caret = document.createElement('span');
    caret.className = 'cm-ySelectionCaret';
    caret.setAttribute('aria-hidden', 'true');
    caret.style.setProperty('--cursor-color', this.color);
    caret.style.setProperty('--cursor-ink', inkOn(this.color));
    const label = document.createElement('span');
    label.className = 'cm-ySelectionInfo';
    label.textContent = this.name;
    // Word joiners keep the caret from becoming a place where the line breaks.
    caret.append('\u2060', label, '\u2060');
    return caret;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

/** Told by a class: by `:first-of-type` all lines would get their style anew whenever one comes or goes. */
const firstLine = Decoration.line({ class: 'cm-firstLine' });

/** Carets and selections with the names of those they belong to. */
export function cursorDecorations(cursors: readonly CursorMark[]): DecorationSet {
  const ranges: Range<Decoration>[] = cursors.length === 0 ? [] : [firstLine.range(0)];
  for (const { from, to, head, name, color } of cursors) {
    if (from < to) {
      const style = `background-color: ${color}33`;
      ranges.push(Decoration.mark({ class: 'cm-ySelection', attributes: { style } }).range(from, to));
    }
    ranges.push(Decoration.widget({ widget: new CaretWidget(name, color), side: head === from ? 1 : -1 }).range(head));
  }
  return Decoration.set(ranges, true);
}

export const cursorLook = EditorView.baseTheme({
  '.cm-ySelectionCaret': {
    position: 'relative',
    display: 'inline',
    borderLeft: '2px solid var(--cursor-color)',
    marginLeft: '-1px',
    marginRight: '-1px',
  },
  '.cm-ySelectionInfo': {
    position: 'absolute',
    bottom: '100%',
    left: '-2px',
    padding: '0 4px',
    borderRadius: '3px 3px 3px 0',
    backgroundColor: 'var(--cursor-color)',
    color: 'var(--cursor-ink)',
    font: '600 10px/13px var(--chart-font)',
    whiteSpace: 'nowrap',
    pointerEvents: 'none',
    userSelect: 'none',
    zIndex: '5',
  },
  // Above the first line there is no room: the name goes below it.
  '.cm-firstLine .cm-ySelectionInfo': { bottom: 'auto', top: '100%', borderRadius: '0 3px 3px 3px' },
});
