import { limits } from '../base/limits.ts';
import type { Diagnostic, DiagnosticCode, Meta } from './chart-model.ts';
import type { SourceLine } from './source-lines.ts';

/** What readers of single lines need to know of the song so far, and where they say what they did not understand. */
export interface ParseOptions {
  /** Who reads: `{textsize-guitar: 12}` counts for `guitar`. Lower case. ChordPro's default instrument is the guitar. */
  selectors?: readonly string[];
}

const severities: Readonly<Record<DiagnosticCode, Diagnostic['severity']>> = {
  'unknown-chord': 'warning',
  'unclosed-chord': 'warning',
  'unknown-directive': 'info',
  'unclosed-directive': 'warning',
  'directive-not-alone': 'warning',
  'value-missing': 'warning',
  'value-not-understood': 'warning',
  'section-not-closed': 'warning',
  'section-not-open': 'warning',
  'no-chorus': 'warning',
  'definition-not-understood': 'warning',
  'line-too-long': 'warning',
  'not-utf-8': 'info',
};

export class Diagnostics {
  readonly list: Diagnostic[] = [];

  /** `from` and `to` count from the start of the line. */
  add(code: DiagnosticCode, line: Pick<SourceLine, 'number' | 'from'>, from: number, to: number, message: string): void {
    if (this.list.length >= limits.diagnosticsPerSong) return;
    this.list.push({ code, severity: severities[code], message, line: line.number, from: line.from + from, to: line.from + to });
  }
}

/** Metadata while it grows. A map, since names come from strangers (`{meta: __proto__ x}`). */
export class MetaValues {
  private readonly values = new Map<string, string[]>();
  private provided: ReadonlyMap<string, string> = new Map();
  private derived: ReadonlyMap<string, string> | (() => ReadonlyMap<string, string>) = new Map();
  private spent = 0;

  /** Counts what substitution puts in; false when a song has had enough: a long title named on each line would grow without end. */
  spend(characters: number): boolean {
    this.spent += characters;
    return this.spent <= limits.substitutedCharacters;
  }

  /** Several values in one directive are parted by `; `, as they are put together again in texts; titles stay whole. */
  add(name: string, value: string): void {
    const values = name === 'title' || name === 'subtitle' || !value.includes('; ') ? [value] : value.split('; ');
    for (const one of values) if (one.trim() !== '') this.addOne(name, one.trim());
  }

  private addOne(name: string, value: string): void {
    const known = this.values.get(name);
    if (known === undefined) this.values.set(name, [value]);
    else known.push(value);
  }

  set(name: string, value: string): void {
    this.values.set(name, [value]);
  }

  /** Items that follow from others; they can be substituted, and are no metadata of the song. Asked for by few songs, and only then. */
  derive(items: () => ReadonlyMap<string, string>): void {
    this.derived = items;
  }

  /** Items that are no metadata of the song, and known before it is read. */
  provide(items: ReadonlyMap<string, string>): void {
    this.provided = items;
  }

  get(name: string): readonly string[] {
    const values = this.values.get(name);
    if (values !== undefined) return values;
    if (typeof this.derived === 'function') this.derived = this.derived();
    const derived = this.derived.get(name) ?? this.provided.get(name);
    return derived === undefined ? [] : [derived];
  }

  /** The last value that the song gives, whatever follows from others. */
  lastOwn(name: string): string | undefined {
    return this.values.get(name)?.at(-1);
  }

  toMeta(): Meta {
    return Object.fromEntries(this.values);
  }
}
