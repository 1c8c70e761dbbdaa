/** A chord and the lyrics that begin under it. */
export interface LinePart {
  key: number;
  /** As it is shown; null for what stands before the first chord of a word. */
  chord: string | null;
  /** The segment it comes from; null without a chord. */
  index: number | null;
  lyrics: string;
  /** Where `lyrics` begin in the words of the line. */
  start: number;
  kind: ChordKind;
  /** The same word goes on in the next part: a gap between them is bridged by a line. */
  isContinued: boolean;
}

/** Plain text flows and wraps by itself; a box holds chords with their words and never tears. */
export type LinePiece =
  | { kind: 'text'; key: number; text: string; start: number; direction: Direction | null }
  | { kind: 'box'; key: number; parts: LinePart[]; isLong: boolean; direction: Direction | null };

export type Direction = 'ltr' | 'rtl';

/** What stands above the words: a chord, a remark for the players, or something in brackets that is no chord. */
export type ChordKind = 'chord' | 'annotation' | 'unknown';

export interface LineSegment {
  /** As it is to be shown. */
  chord: string | null;
  kind: ChordKind;
  lyrics: string;
}

/** A word longer than this may tear, since no screen could hold it. */
const longestWholeWord = 40;

/** Scripts that are written without blanks break between any two characters. */
const token =
  /\s+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}][\p{P}\p{M}ー]*|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu;
const blank = /^\s/u;
const attaching = /^(?:\p{M}|\u200d)/u;
const strong = /[\p{L}]/u;
const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const narrow = /[\s.,;:'’!|()[\]iljtfrIJ]/u;
const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}]/u;
const joining = /\p{Script=Arabic}/u;

/** Direction of the first letter; null when there is none. */
export function directionOf(text: string): Direction | null {
  const letter = strong.exec(text);
  if (letter === null) return null;
  return rightToLeft.test(letter[0]) ? 'rtl' : 'ltr';
}

/**
 * Rough width in em. It only decides how many words share a box with a chord that is wider than the first of them; too little
 * leaves a small gap, too much a slightly longer box.
 */
function widthOf(text: string): number {
  let sum = 0;
  for (const character of text) {
    if (/[a-zA-Z0-9]/.test(character)) {
      sum += narrow.test(character) ? 0.28 : /[A-Zmw]/.test(character) ? 0.7 : 0.56;
      continue;
    }
    if (/\p{M}/u.test(character)) continue;
    sum += narrow.test(character) ? 0.3 : wide.test(character) ? 1 : 0.58;
  }
  return sum;
}

interface PlacedChord {
  kind: ChordKind;
  offset: number;
  chord: string;
  index: number;
}

/** A chord never stands between a letter and its accent, nor between two halves of a character. */
function settle(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && at < text.length) {
    const isPair = text.charCodeAt(at) >= 0xdc00 && text.charCodeAt(at) <= 0xdfff;
    if (!isPair && !attaching.test(text.slice(at))) break;
    at -= 1;
  }
  return at;
}

function splitWord(text: string, start: number, chords: readonly PlacedChord[]): LinePart[] {
  const parts: LinePart[] = [];
  const first = chords[0];
  if (first !== undefined && first.offset > start) {
    const lyrics = text.slice(0, first.offset - start);
    parts.push({ key: -1, chord: null, kind: 'chord', index: null, lyrics, start, isContinued: true });
  }
  for (const [at, { chord, kind, index, offset }] of chords.entries()) {
    const next = chords[at + 1];
    const lyrics = text.slice(offset - start, next === undefined ? text.length : next.offset - start);
    parts.push({ key: index, chord, kind, index, lyrics, start: offset, isContinued: false });
  }
  for (const [at, part] of parts.entries()) {
    const next = parts[at + 1];
    part.isContinued = next !== undefined && part.lyrics !== '' && next.lyrics !== '';
    // Arabic letters keep the shape they have within the word, although the word is set in two boxes.
    if (part.isContinued && next !== undefined && joining.test(part.lyrics.at(-1) ?? '') && joining.test(next.lyrics)) {
      part.lyrics += '\u200d';
      next.lyrics = `\u200d${next.lyrics}`;
      next.start -= 1;
    }
  }
  return parts;
}

interface Token {
  text: string;
  start: number;
}

/**
 * A chord wider than its word stretches over the words after it that have none, instead of opening a hole. Answers how many
 * tokens it took.
 */
function stretch(part: LinePart | undefined, tokens: readonly Token[], at: number, nextChord: number): number {
  if (part === undefined || part.chord === null) return 0;
  // Bold and a little smaller than the words, and the space after it.
  const needed = widthOf(part.chord) + 0.4;
  const direction = directionOf(part.lyrics) ?? directionOf(tokens[at + 2]?.text ?? '');
  let taken = 0;
  while (widthOf(part.lyrics) < needed) {
    const gap = tokens[at + taken + 1];
    const word = tokens[at + taken + 2];
    if (gap === undefined || word === undefined || !blank.test(gap.text) || word.text.length > 16) break;
    // Words of the other direction keep their order only in one run of text.
    if ((directionOf(word.text) ?? direction) !== direction) break;
    if (nextChord <= word.start + word.text.length) break;
    part.lyrics += gap.text + word.text;
    taken += 2;
  }
  return taken;
}

/** Lays a line of chords and lyrics out into pieces that a browser can wrap. Pure; linear in the line. */
export function layOutLine(segments: readonly LineSegment[]): LinePiece[] {
  let text = '';
  const chords: PlacedChord[] = [];
  for (const [index, { chord, kind, lyrics }] of segments.entries()) {
    if (chord !== null) chords.push({ offset: text.length, chord, kind, index });
    text += lyrics;
  }
  for (const chord of chords) chord.offset = settle(text, chord.offset);

  const tokens = Array.from(text.matchAll(token), (match) => ({ text: match[0], start: match.index }));
  const pieces: LinePiece[] = [];
  let plain = '';
  let plainStart = 0;
  let next = 0;
  const addPlain = (words: string, start: number): void => {
    if (plain === '') plainStart = start;
    plain += words;
  };
  const flush = (): void => {
    if (plain !== '') pieces.push({ kind: 'text', key: pieces.length, text: plain, start: plainStart, direction: directionOf(plain) });
    plain = '';
  };
  const takeUntil = (offset: number): PlacedChord[] => {
    const from = next;
    while (next < chords.length && (chords[next]?.offset ?? 0) < offset) next += 1;
    return chords.slice(from, next);
  };
  const pushBox = (parts: LinePart[]): LinePart[] => {
    flush();
    const words = parts.map((part) => part.lyrics).join('');
    pieces.push({ kind: 'box', key: pieces.length, parts, isLong: words.length > longestWholeWord, direction: directionOf(words) });
    return parts;
  };

  for (let at = 0; at < tokens.length; at += 1) {
    const current = tokens[at];
    if (current === undefined) break;
    const end = current.start + current.text.length;
    const isBlank = blank.test(current.text);
    const after = tokens[at + 1];
    // A chord right after a word belongs to that word, unless another word begins there.
    const isClosing = !isBlank && (after === undefined || blank.test(after.text));
    const within = takeUntil(isClosing ? end + 1 : end);
    if (within.length === 0) {
      addPlain(current.text, current.start);
      continue;
    }
    if (isBlank) {
      let from = 0;
      for (const chord of within) {
        addPlain(current.text.slice(from, chord.offset - current.start), current.start + from);
        from = chord.offset - current.start;
        const alone: LinePart = {
          key: chord.index,
          chord: chord.chord,
          kind: chord.kind,
          index: chord.index,
          lyrics: '',
          start: chord.offset,
          isContinued: false,
        };
        pushBox([alone]);
      }
      addPlain(current.text.slice(from), current.start + from);
      continue;
    }
    const parts = splitWord(current.text, current.start, within);
    at += stretch(parts.at(-1), tokens, at, chords[next]?.offset ?? Number.POSITIVE_INFINITY);
    pushBox(parts);
  }
  const rest = takeUntil(Number.POSITIVE_INFINITY);
  for (const { chord, kind, index, offset } of rest) {
    pushBox([{ key: index, chord, kind, index, lyrics: '', start: offset, isContinued: false }]);
  }
  flush();
  return pieces;
}
