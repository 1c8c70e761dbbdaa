import { mod12, type AccidentalStyle } from './note.ts';

/** A step of the key, found at the start of a text: `b7`, `#IV`, `ii`. */
export interface FoundDegree {
  /** 1–7. */
  step: number;
  accidental: number;
  style: AccidentalStyle | null;
  length: number;
  /** Roman minor chords are in lower case. */
  isLowerCase: boolean;
}

const romans = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII'] as const;
const majorScale = [0, 2, 4, 5, 7, 9, 11] as const;
const leading = /[#b♯♭]{0,2}/y;
const roman = /VII|VI|V|IV|III|II|I|vii|vi|v|iv|iii|ii|i/y;

/** Every way in which a text can start with a degree, the likeliest first. */
export function findDegrees(text: string, at: number, system: 'nashville' | 'roman'): FoundDegree[] {
  leading.lastIndex = at;
  const signs = leading.exec(text)?.[0] ?? '';
  const start = at + signs.length;
  const style: AccidentalStyle | null = signs === '' ? null : /[♯♭]/.test(signs) ? 'unicode' : 'ascii';
  const accidental = signs.split('').reduce((sum, sign) => sum + (sign === '#' || sign === '♯' ? 1 : -1), 0);
  if (system === 'nashville') {
    const step = text.charCodeAt(start) - 48;
    if (!(step >= 1 && step <= 7)) return [];
    const found: FoundDegree[] = [{ step, accidental, style, length: signs.length + 1, isLowerCase: false }];
    // Some write the sign after the number: 7b. It counts where nothing else makes sense of it.
    const after = text.charAt(start + 1);
    if (signs === '' && /[#b♯♭]/.test(after)) {
      found.push({ step, accidental: after === '#' || after === '♯' ? 1 : -1, style: null, length: 2, isLowerCase: false });
    }
    return found;
  }
  roman.lastIndex = start;
  const numeral = roman.exec(text)?.[0];
  if (numeral === undefined) return [];
  const isLowerCase = numeral === numeral.toLowerCase();
  // `vi` may not be read on from `v`: a numeral is as long as it can be.
  const step = romans.findIndex((name) => name === numeral.toUpperCase()) + 1;
  return [{ step, accidental, style, length: signs.length + numeral.length, isLowerCase }];
}

/** Semitones above the 1 of the key, by the major scale. */
export function degreeOrd(degree: Pick<FoundDegree, 'step' | 'accidental'>): number {
  return mod12((majorScale[degree.step - 1] ?? 0) + degree.accidental);
}

/** The degree that is so many semitones above the 1, with flats as musicians say it: b3, #4, b7. */
export function degreeOf(ord: number): { step: number; accidental: number } {
  const natural = majorScale.indexOf(mod12(ord) as (typeof majorScale)[number]);
  if (natural >= 0) return { step: natural + 1, accidental: 0 };
  if (mod12(ord) === 6) return { step: 4, accidental: 1 };
  return { step: majorScale.indexOf(mod12(ord + 1) as (typeof majorScale)[number]) + 1, accidental: -1 };
}

export function degreeName(degree: { step: number; accidental: number }, system: 'nashville' | 'roman', isMinor: boolean): string {
  const sign = (degree.accidental > 0 ? '#' : 'b').repeat(Math.abs(degree.accidental));
  if (system === 'nashville') return `${sign}${degree.step}`;
  const numeral = romans[degree.step - 1] ?? 'I';
  return sign + (isMinor ? numeral.toLowerCase() : numeral);
}
