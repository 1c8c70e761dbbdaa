import type { Chart, ChartLine, ChartSection, ChordDefinition } from './chart-model.ts';
import { commentStyle, directiveClass } from './directive-names.ts';
import { ChordChanges } from './chord-changes.ts';
import { Looks } from './looks.ts';
import { markSegments } from './mark-segments.ts';
import type { LineMemory } from './line-memory.ts';
import { openSection, sectionLabel, sectionModes, toSection, type OpenSection } from './open-section.ts';
import { placed, placing } from './placed-line.ts';
import type { Notation } from './detect-notation.ts';
import { readAttributes, readDirectives, type Directive } from './read-directive.ts';
import { readImage } from './read-image.ts';
import { readDefinition, withCopy, withShown } from './read-definition.ts';
import { readSegments } from './read-line.ts';
import { Diagnostics, MetaValues, type ParseOptions } from './song-context.ts';
import { fretOf, SongKey } from './song-key.ts';
import type { SourceLine } from './source-lines.ts';
import { substitute } from './substitute.ts';

const defaultSelectors = ['guitar'];
/** Of the instrument that is assumed where nobody says which. */
const guitarItems = [
  ['instrument', 'guitar'],
  ['instrument.type', 'guitar'],
  ['instrument.description', 'Guitar, 6 strings, standard tuning'],
  ['tuning', 'E2 A2 D3 G3 B3 E4'],
] as const;
/** Recalls copy; a chorus of many lines recalled on each of many lines would grow with the square of the text. */
const recalledLines = 20_000;

const commonNames: ReadonlySet<string> = new Set(['chorus', 'verse', 'bridge', 'solo', 'intro', 'outro']);

/** Puts a chart together, line by line. */
export class SongBuilder {
  private readonly selectors: ReadonlySet<string>;
  private readonly memory: LineMemory;
  private readonly from: number;
  private readonly meta = new MetaValues();
  private readonly diagnostics = new Diagnostics();
  private readonly sections: ChartSection[] = [];
  private readonly definitions: ChordDefinition[] = [];
  private readonly key: SongKey;
  private readonly changes = new ChordChanges();
  private readonly looks = new Looks();
  private readonly notation: Notation;
  private columns = 1;
  private section: OpenSection = openSection('none', null, 'lyrics', null, {});
  private chorus: OpenSection | null = null;
  private recalled = 0;
  /** Of the last grid: the next one has it too, where it says none. */
  private gridShape: string | undefined;
  /** Inside of a section that is for somebody else: its type, and how deep. */
  private skipped: string | null = null;
  isEmpty = true;

  /** `items` can be put into texts and are no metadata of the song. */
  constructor(notation: Notation, options: ParseOptions, memory: LineMemory, from: number, items: readonly (readonly [string, string])[]) {
    this.selectors = new Set(options.selectors ?? defaultSelectors);
    this.notation = notation;
    this.key = new SongKey(notation);
    this.memory = memory;
    this.from = from;
    this.meta.provide(new Map([...items, ...(options.selectors === undefined ? guitarItems : [])]));
  }

  /** In tab, abc, ly, svg and textblock nothing is a directive but the end of it. */
  get isVerbatim(): boolean {
    return this.skipped === null && (this.section.mode === 'verbatim' || this.section.mode === 'words');
  }

  addVerbatim(content: string, line: SourceLine): void {
    const end = content.includes('{')
      ? readDirectives(content)?.find((directive) => directive.name === `end_of_${this.section.type}`)
      : undefined;
    if (end !== undefined) this.addDirective(end, content, line);
    else if (this.section.type !== 'tab' || !content.startsWith('#')) this.addLine(content, line);
  }

  addWords(content: string, line: SourceLine): void {
    if (this.skipped !== null || content.startsWith('#')) return;
    if (content.trim() !== '') this.isEmpty = false;
    const brace = content.indexOf('{');
    // In a grid braces are bars.
    if (brace >= 0 && content.indexOf('}', brace) > 0 && !content.includes('%{') && this.section.mode !== 'grid') {
      this.diagnostics.add(
        'directive-not-alone',
        line,
        brace,
        content.length,
        'A directive stands on a line of its own; here it is shown as words.',
      );
    }
    const words = substitute(content, this.meta);
    this.addLine(this.section.mode === 'lyrics' ? this.changes.recall(words) : words, line);
  }

  private addLine(content: string, line: SourceLine): void {
    const read = this.memory.read(content, this.section.mode, this.key.shift, this.looks.line(this.section.type));
    const place = content === line.source ? null : placing(content, line);
    for (const { code, from, to, message } of read.problems) {
      this.diagnostics.add(code, line, place?.(from, 0) ?? from, place?.(to, line.source.length) ?? to, message);
    }
    this.push(place === null ? read.line : placed(read.line, line, place), line, content);
  }

  private push(chartLine: ChartLine, line: SourceLine, content: string | null): void {
    this.section.lines.push(chartLine);
    this.section.contents.push(content);
    this.section.positions.push({ line: line.number, from: line.from, to: line.to });
  }

  /** Whether a directive is for who reads: `{x-guitar}` for guitars, `{x-guitar!}` for all others, `{x-capo}` where there is a capo. */
  isChosen({ selector, is_negated: isNegated }: Directive): boolean {
    if (selector === null || selector === '') return true;
    const value = this.meta.get(selector).at(-1);
    const isMatch = this.selectors.has(selector) || (value !== undefined && !['', '0', 'false', 'null'].includes(value.toLowerCase()));
    return isMatch !== isNegated;
  }

  addDirective(directive: Directive, content: string, line: SourceLine): void {
    this.isEmpty = false;
    const kind = directiveClass(directive.name);
    if (this.skipped !== null) {
      if (kind === 'end' && directive.name === `end_of_${this.skipped}`) this.skipped = null;
      return;
    }
    if (!directive.is_closed) {
      this.diagnostics.add('unclosed-directive', line, directive.from, directive.to, 'This directive has no “}” at its end.');
    }
    if (!this.isChosen(directive)) {
      if (kind === 'start') this.skip(directive, line);
      return;
    }
    const value = substitute(directive.value, this.meta);
    if (directive.value !== '' && value.trim() === '') {
      // What is to say nothing but metadata that the song has not got says nothing, as in the reference.
      if (kind === 'start') this.skipped = directive.name.slice(9);
      return;
    }
    switch (kind) {
      case 'metadata':
        this.addMeta(directive.name, value, directive, line);
        break;
      case 'meta':
        this.addMetaDirective(directive, value, line);
        break;
      case 'comment':
        this.addComment(directive, value, content, line);
        break;
      case 'start':
        this.start(directive, value, line);
        break;
      case 'end':
        this.end(directive, line);
        break;
      case 'recall':
        this.recall(directive, value, line);
        break;
      case 'transpose':
        if (this.key.transpose(value)) {
          this.deriveKeys();
        } else {
          const message = 'Write how many semitones: {transpose: 2}, {transpose: -3f}, or {transpose} to end it.';
          this.diagnostics.add('value-not-understood', line, directive.value_from, directive.value_to, message);
        }
        break;
      case 'definition':
        this.define(directive, value, content, line);
        break;
      case 'image':
        this.push({ type: 'image', source: content, segments: [], attributes: readImage(value) }, line, null);
        break;
      case 'layout':
        this.setLayout(directive, value, content, line);
        break;
      case 'new-song':
        break;
      case 'unknown':
        this.diagnostics.add(
          'unknown-directive',
          line,
          directive.from,
          directive.to,
          `{${directive.name}} is not known here: it is kept, and does nothing.`,
        );
        this.pushDirective(directive, value, content, line);
        break;
      case 'custom':
        this.pushDirective(directive, value, content, line);
        break;
    }
  }

  /** A section for somebody else. `{start_of_pre-chorus}` is one too, as in the reference, and hardly ever meant so. */
  private skip(directive: Directive, line: SourceLine): void {
    const type = directive.name.slice(9);
    this.skipped = type;
    const { selector } = directive;
    if (selector === null || !commonNames.has(selector) || commonNames.has(type)) return;
    const message = `“-${selector}” says whom a section is for, so this one is left out. Write {start_of_${type}${selector}} for a name.`;
    this.diagnostics.add('value-not-understood', line, directive.name_from, directive.name_to, message);
  }

  noteSeveral(content: string, line: SourceLine): void {
    this.diagnostics.add('directive-not-alone', line, 0, content.length, 'Each directive should stand on a line of its own.');
  }

  noteTooLong(line: SourceLine): void {
    this.diagnostics.add(
      'line-too-long',
      line,
      0,
      line.source.length,
      'The text has more lines than a chart can have; the rest is kept and not shown.',
    );
  }

  private addMeta(name: string, value: string, directive: Directive, line: SourceLine): void {
    if (value === '') return;
    // A key may stand in brackets, as a chord does.
    this.meta.add(name, name === 'key' ? value.replace(/[[\]]/g, '') : value);
    if (name === 'key' && !this.key.setKey(this.meta.get('key').at(-1) ?? '')) {
      const message = `“${value}” is no key: write a note, and m for minor, such as {key: F#m}.`;
      this.diagnostics.add('value-not-understood', line, directive.value_from, directive.value_to, message);
    }
    if (name === 'capo' && fretOf(value) === null) {
      const message = `“${value}” is no capo that can be counted with: write the fret alone, {capo: 2}.`;
      this.diagnostics.add('value-not-understood', line, directive.value_from, directive.value_to, message);
    }
    if (name === 'key' || name === 'capo') this.deriveKeys();
  }

  /** What %{key.print} and %{key.sound} say from here on. */
  private deriveKeys(): void {
    this.meta.derive(() => this.key.derived(this.meta.lastOwn('capo')));
  }

  private addMetaDirective(directive: Directive, value: string, line: SourceLine): void {
    const match = /^([^\s:]+)[\s:]+(.*)$/s.exec(value);
    if (match?.[1] === undefined || match[2] === undefined) {
      this.diagnostics.add('value-missing', line, directive.from, directive.to, 'Write a name and a value: {meta: arranger Anna}.');
      return;
    }
    this.addMeta(match[1].toLowerCase(), match[2].trim(), directive, line);
  }

  private addComment(directive: Directive, value: string, content: string, line: SourceLine): void {
    if (value === '') return;
    const { segments } = readSegments(value, this.key.shift);
    const shown = segments.some(({ kind }) => kind === 'chord' || kind === 'annotation') ? segments : markSegments(wordsOnly(value));
    const placed = shown.map((segment) => ({
      ...segment,
      from: segment.from + directive.value_from,
      to: segment.to + directive.value_from,
    }));
    this.push({ type: 'comment', source: content, segments: placed, style: commentStyle(directive.name) }, line, null);
  }

  private start(directive: Directive, value: string, line: SourceLine): void {
    this.closeSection(line);
    const type = directive.name.slice(9);
    const attributes = readAttributes(value);
    const { label, rest } = sectionLabel(type, value, attributes);
    if (type === 'grid') {
      this.gridShape = rest['shape'] ?? this.gridShape;
      if (this.gridShape !== undefined) rest['shape'] = this.gridShape;
    }
    this.section = openSection(type, label, sectionModes[type] ?? 'lyrics', { line: line.number, from: line.from, to: line.to }, rest);
    const style = this.looks.style('label');
    if (style !== null) this.section.label_style = style;
    this.changes.start(type, rest['cc']);
  }

  /** A section that is still open when the next one starts ends there, as a reader would take it. */
  private closeSection(line: Pick<SourceLine, 'number' | 'from'> | null): void {
    const { section } = this;
    if (section.opened_at !== null) {
      const { line: number, from, to } = section.opened_at;
      const message = `This section has no {end_of_${section.type}}; it ends ${line === null ? 'with the song' : 'where the next one starts'}.`;
      this.diagnostics.add('section-not-closed', { number, from }, 0, to - from, message);
    }
    this.finishSection();
  }

  private end(directive: Directive, line: SourceLine): void {
    if (this.section.opened_at === null || directive.name !== `end_of_${this.section.type}`) {
      const message = `There is no {start_of_${directive.name.slice(7)}} that this could end.`;
      this.diagnostics.add('section-not-open', line, directive.from, directive.to, message);
      return;
    }
    this.finishSection();
  }

  private finishSection(): void {
    const { section } = this;
    if (section.type === 'chorus') this.chorus = section;
    this.changes.end();
    // What lies between two sections is often nothing but the empty line that sets them apart.
    if (section.opened_at !== null || section.lines.some((line) => line.type !== 'empty')) this.sections.push(toSection(section, false));
    this.section = openSection('none', null, 'lyrics', null, {});
  }

  private recall(directive: Directive, value: string, line: SourceLine): void {
    const inside = this.section;
    // Within a section the chorus stands where it is asked for, and the section goes on after it.
    if (inside.opened_at === null || inside.lines.length > 0) this.finishSection();
    const attributes = readAttributes(value);
    const label = attributes?.['label'] ?? (value === '' ? (this.chorus?.label ?? null) : value);
    const opened = { line: line.number, from: line.from, to: line.to };
    const chorus = this.chorus;
    if (chorus === null)
      this.diagnostics.add('no-chorus', line, directive.from, directive.to, 'There is no chorus before this line that could be repeated.');
    const recalled = openSection('chorus', label, 'lyrics', opened, {});
    const look = this.looks.line('chorus');
    this.recalled += chorus?.lines.length ?? 0;
    if (chorus !== null && this.recalled <= recalledLines) {
      recalled.positions = chorus.positions;
      recalled.lines = chorus.lines.map((known, index) => {
        const content = chorus.contents[index];
        return content === null || content === undefined ? known : this.memory.read(content, 'lyrics', this.key.shift, look).line;
      });
    }
    this.sections.push(toSection(recalled, true));
    if (inside.opened_at === null) return;
    const message = `The chorus is repeated inside of a ${inside.type}: end that first.`;
    this.diagnostics.add('directive-not-alone', line, directive.from, directive.to, message);
    if (this.section !== inside) this.section = { ...inside, label: null, lines: [], contents: [], positions: [] };
  }

  private define(directive: Directive, value: string, content: string, line: SourceLine): void {
    const isInline = directive.name === 'chord';
    const definition = readDefinition(value, isInline);
    let shown = value;
    if (definition === null) {
      const message = 'Write {define: Am base-fret 1 frets x 0 2 2 1 0}, one number for each string.';
      this.diagnostics.add('definition-not-understood', line, directive.from, directive.to, message);
    } else {
      const whole = withCopy(definition, this.definitions, /\scopyall\s/i.test(value));
      const named = value.startsWith('[') ? { ...whole, name: this.key.shifted(whole.name) } : whole;
      if (named !== whole) shown = value.replace(/^\[[^\]]*\]/, `[${named.name}]`);
      this.definitions.push(withShown(named, this.notation.system));
      if (!isInline) this.key.addName(whole);
    }
    if (isInline) this.pushDirective(directive, shown, content, line);
  }

  private setLayout(directive: Directive, value: string, content: string, line: SourceLine): void {
    if (directive.name === 'columns') {
      const columns = Number(value);
      if (Number.isInteger(columns) && columns >= 1 && columns <= 10) this.columns = columns;
      else
        this.diagnostics.add(
          'value-not-understood',
          line,
          directive.value_from,
          directive.value_to,
          'Write a number of columns from 1 to 10.',
        );
    }
    if (!this.looks.set(directive.name, value)) {
      const message = `“${value}” is no ${directive.name.endsWith('size') ? 'size' : 'colour'} that can be shown; the look stays as it is.`;
      this.diagnostics.add('value-not-understood', line, directive.value_from, directive.value_to, message);
    }
    this.pushDirective(directive, value, content, line);
  }

  private pushDirective(directive: Directive, value: string, content: string, line: SourceLine): void {
    this.push({ type: 'directive', source: content, segments: [], name: directive.name, value }, line, null);
  }

  finish(to: number): Chart {
    this.closeSection(null);
    for (const [name, value] of this.key.metadata(this.meta.get('capo').at(-1))) this.meta.set(name, value);
    return {
      meta: this.meta.toMeta(),
      sections: this.sections,
      diagnostics: this.diagnostics.list.sort((one, other) => one.from - other.from),
      definitions: this.definitions,
      columns: this.columns,
      notation: this.notation,
      from: this.from,
      to,
    };
  }
}

const wordsOnly = (value: string) => [{ chord: null, lyrics: value, kind: 'text' as const, from: 0, to: value.length }];
