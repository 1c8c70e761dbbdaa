import type { ChartLine } from '../../../../shared/music/chart-model.ts';
import { isStrumRow, strokeArrow } from '../../../../shared/music/grid-strokes.ts';
import type { ShowChord } from './line-view.tsx';

export interface GridPiece {
  text: string;
  isChord: boolean;
}

/** What stands between two blanks; several chords in one cell are several pieces. */
interface Token {
  pieces: GridPiece[];
  isBar: boolean;
}

/** A place of a row with what fills it up to its column. */
export interface GridPlace {
  key: number;
  pieces: readonly GridPiece[];
  padding: number;
}

const barToken = /^(?:\|\||\|\.|\|:|:\|:|:?\|\d*>?|:\||::|\|[sS]|\{|\}|\}\{)$/;
const shapeText = /^(?:(\d+)\+)?(\d+)(?:x(\d+))?(?:\+\d+)?$/;

/** Cells of a measure by the shape of the grid (`1+4x4+1`); null where it has none. A shape of cells alone has measures of one. */
export function beatsOf(shape: string | undefined): number | null {
  const match = shapeText.exec(shape?.trim() ?? '');
  if (match === null) return null;
  const beats = Number(match[3] ?? 1);
  return beats > 0 ? beats : null;
}

function tokensOf(line: ChartLine, show: ShowChord): Token[] {
  const isStrum = isStrumRow(line.source);
  const tokens: Token[] = [];
  let open: GridPiece[] = [];
  const close = (): void => {
    if (open.length === 0) return;
    const [first] = open;
    const isBar = open.length === 1 && first !== undefined && !first.isChord && barToken.test(first.text);
    const arrow = isStrum && open.length === 1 && first !== undefined && !first.isChord ? strokeArrow(first.text) : null;
    const text = arrow ?? (isBar && isStrum ? first?.text.replace(/[sS]$/, '') : undefined);
    tokens.push({ pieces: text === undefined ? open : [{ text, isChord: false }], isBar });
    open = [];
  };
  for (const { chord, lyrics } of line.segments) {
    if (chord !== null) open.push({ text: show(chord) ?? '·', isChord: true });
    for (const part of lyrics.split(/(\s+|(?<=\|)(?=[^|:.\d>sS\s])|(?<=[^|:{}\s])(?=:?\|))/u)) {
      if (part.trim() === '') {
        // A bar that touches a chord is a bar all the same.
        if (part !== '') close();
      } else {
        if (barToken.test(part)) close();
        open.push({ text: part, isChord: false });
        if (barToken.test(part)) close();
      }
    }
  }
  close();
  return tokens;
}

/** The column of each token: with a shape by measure and beat, else one after the other. Odd ones are cells, even ones bars before them. */
function placesOf(tokens: readonly Token[], beats: number | null): Map<number, Token[]> {
  const places = new Map<number, Token[]>();
  const put = (place: number, token: Token): void => {
    places.set(place, [...(places.get(place) ?? []), token]);
  };
  if (beats === null) {
    tokens.forEach((token, at) => put(at, token));
    return places;
  }
  const first = tokens.findIndex(({ isBar }) => isBar);
  const last = tokens.findLastIndex(({ isBar }) => isBar);
  let cell = 0;
  tokens.forEach((token, at) => {
    if (at < first) put(-1, token);
    else if (at > last) put(Number.MAX_SAFE_INTEGER, token);
    else if (token.isBar) {
      // A short measure leaves its other beats empty, so that bars stand under bars.
      cell = Math.ceil(cell / beats) * beats;
      put(cell * 2, token);
    } else {
      put(cell * 2 + 1, token);
      cell += 1;
    }
  });
  return places;
}

const widthOf = (tokens: readonly Token[]): number =>
  tokens.reduce((sum, { pieces }) => sum + pieces.reduce((width, { text }) => width + text.length, 0), Math.max(0, tokens.length - 1));

/** Without a shape only rows that are built alike stand under each other. */
const kindOf = (places: ReadonlyMap<number, Token[]>, beats: number | null): string => (beats === null ? String(places.size) : '');

/** Cells of a grid under each other, whatever transposing made of their chords. */
export function gridRows(lines: readonly ChartLine[], show: ShowChord, shape: string | undefined): GridPlace[][] {
  const beats = beatsOf(shape);
  const rows = lines.map((line) => placesOf(tokensOf(line, show), beats));
  const widths = new Map<string, number>();
  for (const row of rows) {
    for (const [place, tokens] of row) {
      const key = `${kindOf(row, beats)}.${place}`;
      widths.set(key, Math.max(widths.get(key) ?? 0, widthOf(tokens)));
    }
  }
  const columns = beats === null ? null : [...new Set(rows.flatMap((row) => [...row.keys()]))].toSorted((one, other) => one - other);
  return rows.map((row) => {
    if (row.size === 0) return [];
    return (columns ?? [...row.keys()]).map((place, key) => {
      const tokens = row.get(place) ?? [];
      const pieces = tokens.flatMap((token, at) => (at === 0 ? token.pieces : [{ text: ' ', isChord: false }, ...token.pieces]));
      return { key, pieces, padding: (widths.get(`${kindOf(row, beats)}.${place}`) ?? 0) - widthOf(tokens) + 1 };
    });
  });
}
