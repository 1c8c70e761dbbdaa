import { commonKey, parseKey, songKeyName, transposeKey, type Key } from './key.ts';
import type { Notation } from './detect-notation.ts';
import type { ChordDefinition } from './chart-model.ts';
import { readChord } from './read-chord.ts';
import { shiftChord, type ChordShift, type NamedChord, type Spelling } from './shift-chord.ts';

interface Transposition {
  semitones: number;
  spelling: 'sharps' | 'flats' | 'key';
}

const none: Transposition = { semitones: 0, spelling: 'sharps' };
const written = /^([+-]?\d{1,3})\s*([sfk]?)$/i;

/** The key of a song and what {transpose} makes of it, as they change from line to line. */
export class SongKey {
  private readonly notation: Notation;
  private readonly outer: Transposition[] = [];
  private current: Transposition = none;
  private key: Key | null = null;
  private readonly names = new Map<string, NamedChord>();
  private namesKey = 0;
  private firstKey: { key: Key; semitones: number } | null = null;
  /** How the chords are changed from here on. */
  shift: ChordShift;

  constructor(notation: Notation) {
    this.notation = notation;
    this.shift = this.shiftOf();
  }

  /** False where the value is no key. */
  setKey(value: string): boolean {
    this.key = parseKey(value, this.notation.system);
    if (this.key !== null) this.firstKey ??= { key: this.key, semitones: this.current.semitones };
    if (this.current.spelling === 'key') this.shift = this.shiftOf();
    return this.key !== null;
  }

  /** {define} makes a name a chord that could not be read as one, or lets it be shown as another. */
  addName({ name, display, format }: Pick<ChordDefinition, 'name' | 'display' | 'format'>): void {
    const isReadable = readChord(name, this.notation.system) !== null;
    if (display === null && format === null && isReadable && !this.names.has(name)) return;
    this.names.set(name, { shown: display ?? name, format });
    for (const unit of `${name}\n${display ?? ''}\n${format ?? ''}\n`)
      this.namesKey = (Math.imul(this.namesKey, 31) + unit.charCodeAt(0)) | 0;
    this.shift = this.shiftOf();
  }

  /** `2`, `-3f`, `1k`; nothing: back to what was before. Inside each other they add up. False where it is not understood. */
  transpose(value: string): boolean {
    if (value === '') {
      this.current = this.outer.pop() ?? none;
    } else {
      const match = written.exec(value);
      if (match?.[1] === undefined) return false;
      const semitones = Number(match[1]);
      const suffix = (match[2] ?? '').toLowerCase();
      // Inside another one the direction is that of the outer one: flats stay flats.
      const byDirection = this.current === none ? (semitones < 0 ? 'flats' : 'sharps') : this.current.spelling;
      this.outer.push(this.current);
      this.current = {
        semitones: this.current.semitones + semitones,
        spelling: suffix === 's' ? 'sharps' : suffix === 'f' ? 'flats' : suffix === 'k' ? 'key' : byDirection,
      };
    }
    this.shift = this.shiftOf();
    return true;
  }

  shifted(chord: string): string {
    return shiftChord(chord, this.shift) ?? chord;
  }

  private shiftOf(): ChordShift {
    const { semitones, spelling } = this.current;
    const own = this.namesKey === 0 ? {} : { names: this.names, names_key: this.namesKey };
    return { ...this.notation, semitones, spelling: this.spellingOf(spelling, semitones), ...own, seen: new Map() };
  }

  private spellingOf(spelling: Transposition['spelling'], semitones: number): Spelling {
    if (spelling !== 'key') return spelling;
    if (this.key === null) return semitones < 0 ? 'flats' : 'sharps';
    return { from: this.key, to: transposeKey(this.key, semitones) };
  }

  /** The key of here, transposed, and as it sounds with the capo, under the names that ChordPro has had for them. */
  derived(capo: string | undefined): ReadonlyMap<string, string> {
    if (this.key === null) return new Map();
    const printed = commonKey(transposeKey(this.key, this.current.semitones));
    const sounding = transposeKey(printed, fretOf(capo) ?? 0);
    const { system } = this.notation;
    return new Map([
      ['key.print', songKeyName(printed, system)],
      ['key_print', songKeyName(printed, system)],
      ['key_actual', songKeyName(printed, system)],
      ['key.sound', songKeyName(sounding, system)],
      ['key_sound', songKeyName(sounding, system)],
      ['_key', songKeyName(sounding, system)],
      ['key_from', this.current.semitones === 0 ? '' : songKeyName(commonKey(this.key), system)],
    ]);
  }

  /** What ChordPro adds to the metadata of a song that has a key. */
  metadata(capo: string | undefined): [string, string][] {
    if (this.firstKey === null) return [];
    const { key, semitones } = this.firstKey;
    const { system } = this.notation;
    const actual = commonKey(transposeKey(key, semitones));
    const fret = fretOf(capo) ?? 0;
    const found: [string, string][] = [['key_actual', songKeyName(actual, system)]];
    if (semitones !== 0) found.push(['key_from', songKeyName(commonKey(key), system)]);
    if (fret > 0) found.push(['key_sound', songKeyName(transposeKey(actual, fret), system)]);
    return found;
  }
}

/** The fret that a {capo} names; null where the value is no number. */
export function fretOf(capo: string | undefined): number | null {
  return capo === undefined || !/^\d{1,2}$/.test(capo) ? null : Number(capo);
}
