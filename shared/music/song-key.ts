import { commonKey, keyName, parseKey, transposeKey, type Key } from './key.ts';
import type { Notation } from './detect-notation.ts';
import { shiftChord, type ChordShift, type Spelling } from './shift-chord.ts';

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
  private firstKey: { key: Key; semitones: number } | null = null;
  /** How the chords are changed from here on. */
  shift: ChordShift;

  constructor(notation: Notation) {
    this.notation = notation;
    this.shift = this.shiftOf();
  }

  setKey(value: string): void {
    this.key = parseKey(value, this.notation.system);
    if (this.key !== null) this.firstKey ??= { key: this.key, semitones: this.current.semitones };
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
      const byDirection = semitones < 0 ? 'flats' : 'sharps';
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
    return { ...this.notation, semitones, spelling: this.spellingOf(spelling, semitones), seen: new Map() };
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
    const sounding = transposeKey(printed, fretOf(capo));
    return new Map([
      ['key.print', keyName(printed)],
      ['key_print', keyName(printed)],
      ['key_actual', keyName(printed)],
      ['key.sound', keyName(sounding)],
      ['key_sound', keyName(sounding)],
      ['_key', keyName(sounding)],
      ['key_from', this.current.semitones === 0 ? '' : keyName(commonKey(this.key))],
    ]);
  }

  /** What ChordPro adds to the metadata of a song that has a key. */
  metadata(capo: string | undefined): [string, string][] {
    if (this.firstKey === null) return [];
    return keyMetadata(this.firstKey.key, this.firstKey.semitones, capo);
  }
}

function keyMetadata(key: Key, semitones: number, capo: string | undefined): [string, string][] {
  const actual = commonKey(transposeKey(key, semitones));
  const fret = fretOf(capo);
  const found: [string, string][] = [['key_actual', keyName(actual)]];
  if (semitones !== 0) found.push(['key_from', keyName(commonKey(key))]);
  if (fret > 0) found.push(['key_sound', keyName(transposeKey(actual, fret))]);
  return found;
}

function fretOf(capo: string | undefined): number {
  return capo === undefined || !/^\d{1,2}$/.test(capo) ? 0 : Number(capo);
}
