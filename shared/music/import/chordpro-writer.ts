/** What an importer gives back: the song, and in words what of the original did not make it. */
export interface Imported {
  chordpro: string;
  notes: readonly string[];
}

/** Collects the lines of a ChordPro song, sections closed, without empty lines at their edges. */
export class ChordProWriter {
  private readonly head = new Set<string>();
  private readonly lines: string[] = [];
  private readonly notes: string[] = [];
  private section: string | null = null;
  private pendingEmpty = 0;
  /** One to be repeated: from then on “Chorus” with nothing below it says that it is sung again. */
  private hasChorus = false;

  /** Metadata goes to the top in the order it is found; once each. */
  meta(name: string, value: string): void {
    const line = directive(name, value);
    if (value.trim() !== '') this.head.add(line);
  }

  note(text: string): void {
    if (this.notes.length < 100) this.notes.push(text);
  }

  startSection(type: string, label: string | null): void {
    this.endSection();
    this.flushEmpty();
    this.lines.push(directive(`start_of_${type}`, label ?? ''));
    this.section = type;
  }

  /** The empty lines before it come after it: they set sections apart. */
  endSection(): void {
    const { section } = this;
    if (section === null) return;
    const label = section === 'chorus' && this.hasChorus ? this.takeBackEmptySection() : null;
    if (this.section === null) this.lines.push(directive('chorus', label ?? ''));
    else this.lines.push(directive(`end_of_${section}`, ''));
    this.hasChorus ||= section === 'chorus';
    this.section = null;
    this.pendingEmpty = Math.max(this.pendingEmpty, 1);
  }

  /** Takes an open section back that has nothing in it yet; its label, or null where there is none. */
  takeBackEmptySection(): string | null {
    const start = this.section === null ? undefined : this.lines.at(-1);
    if (start === undefined || !start.startsWith(`{start_of_${this.section}`)) return null;
    this.lines.pop();
    this.section = null;
    return /^\{[^:}]+: (.*)\}$/.exec(start)?.[1] ?? null;
  }

  get openSection(): string | null {
    return this.section;
  }

  line(text: string): void {
    if (text.trim() === '') {
      // After a section there is one already.
      const isAfterSection = this.section === null && /^\{(?:end_of_|chorus)/.test(this.lines.at(-1) ?? '');
      this.pendingEmpty = isAfterSection ? Math.max(this.pendingEmpty, 1) : this.pendingEmpty + 1;
      return;
    }
    this.flushEmpty();
    this.lines.push(text.trimEnd());
  }

  directive(name: string, value: string): void {
    this.line(directive(name, value));
  }

  private flushEmpty(): void {
    // Not at the start of the song, nor of a section.
    const last = this.lines.at(-1);
    if (last !== undefined && !(this.section !== null && last.startsWith('{start_of_'))) {
      for (let count = 0; count < this.pendingEmpty; count += 1) this.lines.push('');
    }
    this.pendingEmpty = 0;
  }

  finish(): Imported {
    this.endSection();
    const parts = [...this.head, ...(this.head.size > 0 && this.lines.length > 0 ? [''] : []), ...this.lines];
    return { chordpro: parts.length === 0 ? '' : `${parts.join('\n')}\n`, notes: this.notes };
  }
}

/** What stands between braces may have none of its own, nor a line end. */
function directive(name: string, value: string): string {
  const bare = value
    .replace(/[\r\n]+/g, ' ')
    .replace(/[{}]/g, (brace) => (brace === '{' ? '(' : ')'))
    .trim();
  return bare === '' ? `{${name}}` : `{${name}: ${bare}}`;
}
