import { readChanges } from './chord-changes.ts';
import { directiveClass } from './directive-names.ts';
import { detectNotationFrom, type Notation } from './detect-notation.ts';
import { parseKey, readSongKey, transposeKey, type Key } from './key.ts';
import { noteName } from './note-names.ts';
import { mod12, ordOf, spellOrd } from './note.ts';
import { transposeDefinition } from './transpose-definition.ts';
import { bareBracket } from './mark-segments.ts';
import { readBrackets } from './read-brackets.ts';
import { readDirectives, startsSong, type Directive } from './read-directive.ts';
import { gridChords } from './read-grid.ts';
import { readChord } from './read-chord.ts';
import { shiftParsed, type ChordShift, type Spelling } from './shift-chord.ts';
import { sourceLines } from './source-lines.ts';

export type SpellingChoice = 'auto' | 'sharps' | 'flats';

export interface TextChange {
  from: number;
  to: number;
  insert: string;
}

/** By semitones, or to a key (then each song of the text moves by its own distance). */
export type TransposeTarget = { semitones: number } | { to: Key };

/**
 * What has to be changed in a text so that it is transposed: chords in lyrics, comments and grids, keys, chord definitions; from left to right,
 * not overlapping. All other bytes stay. Null when the target is a key and a song has none.
 */
export function transposeChanges(text: string, target: TransposeTarget, choice: SpellingChoice = 'auto'): TextChange[] | null {
  const walk = new TransposeWalk(target, choice, songStarts(text));
  for (const line of sourceLines(text)) {
    if (!walk.addLine(line.source, line.from)) return null;
  }
  return walk.isStarted || walk.enterSong() ? readable(text, walk) : null;
}

/**
 * A B that would be read as the German one where it comes to stand, in a song that is none, is a Cb: what it sounds like goes before how
 * it looks.
 */
function readable(text: string, { songs, changes }: TransposeWalk): TextChange[] {
  if (!changes.some(({ insert }) => insert.startsWith('B'))) return changes;
  const moved = songStarts(changed(text, changes));
  let song = 0;
  return changes.map((change) => {
    while ((songs[song + 1]?.from ?? Infinity) <= change.from) song += 1;
    const isMisread = songs[song]?.notation.system === 'common' && moved[song]?.notation.system === 'german';
    return isMisread ? { ...change, insert: change.insert.replace(/^B(?![#b♯♭])|(?<=\/)B(?![#b♯♭])/g, 'Cb') } : change;
  });
}

/** The transposed text, or null as above. */
export function transposeText(text: string, target: TransposeTarget, choice: SpellingChoice = 'auto'): string | null {
  const changes = transposeChanges(text, target, choice);
  return changes === null ? null : changed(text, changes);
}

function changed(text: string, changes: readonly TextChange[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { from, to, insert } of changes) {
    parts.push(text.slice(at, from), insert);
    at = to;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

interface SongStart {
  from: number;
  notation: Notation;
  /** The first one; null where the song has none. */
  key: Key | null;
}

/** What each song of a text is written in. */
function songStarts(text: string): SongStart[] {
  let song: SongStart = { from: 0, notation: detectNotationFrom(text, 0), key: null };
  const songs = [song];
  let isEmpty = true;
  for (const { source, from } of sourceLines(text)) {
    const directives = source.includes('{') ? readDirectives(source) : null;
    if (directives === null) {
      if (source.trim() !== '' && !source.startsWith('#')) isEmpty = false;
      continue;
    }
    for (const directive of directives) {
      if (directive.name === 'new_song') {
        song = { from, notation: detectNotationFrom(text, from), key: null };
        songs.splice(isEmpty ? songs.length - 1 : songs.length, isEmpty ? 1 : 0, song);
      } else {
        const value = keyValue(directive);
        if (value !== null) song.key ??= parseKey(value.text, song.notation.system);
      }
      isEmpty = false;
    }
  }
  return songs;
}

const keyOfMeta = /^key[\s:]+(.*)$/is;
const inBrackets = /^\[(.*)\]$/s;

/** The value of `{key: G}`, `{key: [G]}` or `{meta: key G}`, and where it starts in the line. */
function keyValue(directive: Directive): { text: string; from: number } | null {
  const { name, value, value_from: valueFrom } = directive;
  if (name !== 'key' && name !== 'meta') return null;
  const typed = name === 'key' ? value : keyOfMeta.exec(value)?.[1];
  if (typed === undefined) return null;
  const text = inBrackets.exec(typed)?.[1] ?? typed;
  return { text, from: valueFrom + value.length - typed.length + (text === typed ? 0 : 1) };
}

const changes = /(?:^|\s)cc=(["'])([^"']*)\1/i;

class TransposeWalk {
  readonly changes: TextChange[] = [];
  isStarted = false;
  private notation: Notation;
  private readonly target: TransposeTarget;
  private readonly choice: SpellingChoice;
  readonly songs: readonly SongStart[];
  private song = -1;
  private isEmpty = true;
  private section = 'none';
  private semitones = 0;
  private shift: ChordShift;

  constructor(target: TransposeTarget, choice: SpellingChoice, songs: readonly SongStart[]) {
    this.notation = songs[0]?.notation ?? { system: 'common', style: 'ascii' };
    this.target = target;
    this.choice = choice;
    this.songs = songs;
    this.shift = { ...this.notation, semitones: 0, spelling: 'sharps' };
  }

  /** False where the song has no key and the target is one. */
  enterSong(): boolean {
    this.isStarted = true;
    this.song += 1;
    this.isEmpty = true;
    this.section = 'none';
    const { key, notation } = this.songs[this.song] ?? { key: null, notation: this.notation };
    this.notation = notation;
    if ('to' in this.target) {
      if (key === null) return false;
      const distance = ordOf(this.target.to.tonic) - ordOf(key.tonic);
      this.semitones = distance > 6 ? distance - 12 : distance < -5 ? distance + 12 : distance;
    } else {
      this.semitones = this.target.semitones;
    }
    this.setKey(key);
    return true;
  }

  private setKey(key: Key | null): void {
    this.shift = { ...this.notation, semitones: this.semitones, spelling: this.spellingIn(key) };
  }

  private spellingIn(key: Key | null): Spelling {
    if (this.choice !== 'auto') return this.choice;
    if (key === null) return this.semitones < 0 ? 'flats' : 'sharps';
    return { from: key, to: this.targetOf(key) };
  }

  private targetOf(key: Key): Key {
    const moved = transposeKey(key, this.semitones);
    // To a key is to that key as it was written, in the mode of the song.
    if ('to' in this.target && ordOf(moved.tonic) === ordOf(this.target.to.tonic)) {
      return ordOf(key.tonic) === ordOf(moved.tonic) && sameNote(key, this.target.to) ? key : { ...this.target.to, isMinor: key.isMinor };
    }
    return moved;
  }

  /** Nothing to do at all: an octave, in the spelling that is there. */
  private get isStill(): boolean {
    const { semitones, spelling } = this.shift;
    return mod12(semitones) === 0 && this.choice === 'auto' && (typeof spelling === 'string' || spelling.from === spelling.to);
  }

  addLine(source: string, base: number): boolean {
    if (!this.isStarted && !this.enterSong()) return false;
    const isVerbatim = ['tab', 'abc', 'ly', 'svg', 'textblock'].includes(this.section);
    const directives = source.includes('{') ? readDirectives(source) : null;
    if (isVerbatim && !startsSong(source)) {
      if (directives?.some(({ name }) => name === `end_of_${this.section}`) === true) this.section = 'none';
      return true;
    }
    if (directives !== null) return directives.every((directive) => this.addDirective(directive, base));
    if (source.trim() !== '' && !source.startsWith('#')) this.isEmpty = false;
    if (source.startsWith('#') || this.isStill) return true;
    if (this.section === 'grid')
      for (const { from, to } of gridChords(source, this.notation.system)) this.addChord(source.slice(from, to), base + from);
    else this.addBrackets(source, base);
    return true;
  }

  private addBrackets(source: string, base: number): void {
    for (const { content, from } of readBrackets(source).brackets) {
      if (content.startsWith('*')) continue;
      const { text, placeOf } = bareBracket(content);
      const start = placeOf(0);
      if (content.startsWith(text, start)) this.addChord(text, base + from + 1 + start);
      else this.addMarked(text, (at) => base + from + 1 + placeOf(at));
    }
  }

  private addDirective(directive: Directive, base: number): boolean {
    const { name, value, value_from: valueFrom } = directive;
    if (name === 'new_song') {
      this.section = 'none';
      return this.isEmpty || this.enterSong();
    }
    this.isEmpty = false;
    const kind = directiveClass(name);
    if (kind === 'start') {
      this.section = name.slice(9);
      if (!this.isStill) this.addChanges(value, base + valueFrom);
    } else if (name === `end_of_${this.section}`) this.section = 'none';
    else if (kind === 'comment' && !this.isStill) this.addBrackets(value, base + valueFrom);
    else if (kind === 'definition' && !this.isStill) this.addDefinition(value, base + valueFrom);
    const key = keyValue(directive);
    if (key !== null) this.addKey(key.text, base + key.from);
    return true;
  }

  /** `cc="D G D"`, the chords that a verse recalls; one word alone is a name. */
  private addChanges(value: string, base: number): void {
    const match = changes.exec(value);
    const text = match?.[2];
    if (match === null || text === undefined) return;
    const { chords } = readChanges(text);
    const start = base + match.index + match[0].length - 1 - text.length;
    let at = text.indexOf(':') + 1;
    for (const chord of chords) {
      at = text.indexOf(chord, at);
      this.addChord(chord, start + at);
      at += chord.length;
    }
  }

  private addKey(value: string, base: number): void {
    const read = readSongKey(value, this.notation.system);
    if (read === null) return;
    this.setKey(read.key);
    if (this.isStill) return;
    const { spelling, semitones } = this.shift;
    const tonic = typeof spelling === 'string' ? spellOrd(ordOf(read.key.tonic) + semitones, spelling) : spelling.to.tonic;
    const name = noteName(tonic, read.system, read.style ?? this.notation.style);
    this.push(base + read.from, value.slice(read.from, read.to), read.isLowerCase ? name.toLowerCase() : name);
  }

  private addDefinition(value: string, base: number): void {
    const bracketed = /^\[([^\]]*)\]/.exec(value);
    const name = bracketed?.[1] ?? /^[^\s:]+/.exec(value)?.[0] ?? '';
    const isChord = readChord(name, this.shift.system) !== null;
    this.addChord(name, base + (bracketed === null ? 0 : 1));
    if (!isChord) return;
    const first = this.changes.length;
    if (bracketed === null)
      for (const { from, to, insert } of transposeDefinition(value, this.semitones))
        this.changes.push({ from: base + from, to: base + to, insert });
    const display = /\sdisplay\s+"?([^\s"]+)/i.exec(value);
    if (display?.[1] !== undefined) this.addChord(display[1], base + display.index + display[0].length - display[1].length);
    // It may stand before the frets or after them.
    this.changes.push(...this.changes.splice(first).sort((one, other) => one.from - other.from));
  }

  private addChord(text: string, from: number): void {
    const parsed = readChord(text, this.shift.system);
    if (parsed !== null) this.push(from, text, shiftParsed(parsed, this.shift));
  }

  /** A chord with markup within it, `C<sup>7</sup>`: its root and bass change, and the markup stays. */
  private addMarked(text: string, placeOf: (at: number) => number): void {
    const parsed = readChord(text, this.shift.system);
    const moved = parsed === null ? null : readChord(shiftParsed(parsed, this.shift), this.shift.system);
    for (const tone of ['root', 'bass'] as const) {
      const [before, after] = [parsed?.[tone], moved?.[tone]];
      if (moved === null || !before || !after) continue;
      // A tag may stand within a name, too.
      for (let at = before.from; at < before.to; at += 1) {
        this.push(placeOf(at), text.charAt(at), at === before.from ? moved.text.slice(after.from, after.to) : '');
      }
    }
  }

  private push(from: number, before: string, insert: string): void {
    if (before !== insert) this.changes.push({ from, to: from + before.length, insert });
  }
}

const sameNote = (one: Key, other: Key): boolean =>
  one.tonic.letter === other.tonic.letter && one.tonic.accidental === other.tonic.accidental;
