import { Fragment, type CSSProperties, type ReactElement, type ReactNode } from 'react';
import type { Segment } from '../../../../shared/music/chart-model.ts';
import type { LineLook } from '../../../../shared/music/looks.ts';
import type { TextMark, TextStyle } from '../../../../shared/music/markup.ts';
import { marksOfLine } from '../../../../shared/music/style-css.ts';
import { Styled, styleOf } from './styled-words.tsx';
import { layOutLine, directionOf, type ChordKind, type Direction, type LinePart, type LinePiece, type LineSegment } from './line-layout.ts';

/** How a chord of the text is shown to this person; null hides it. Stable as long as the view is. */
export type ShowChord = (chord: string) => string | null;

const chordClasses: Record<ChordKind, string> = {
  chord: 'chart-chord',
  annotation: 'chart-chord chart-annotation',
  unknown: 'chart-chord chart-unknown',
};

function toShown(segments: readonly Segment[], show: ShowChord): LineSegment[] {
  return segments.map(({ chord, kind, annotation, lyrics }) => {
    if (kind === 'annotation') return { chord: annotation ?? '', kind, lyrics };
    if (chord === null || kind === 'text') return { chord: null, kind: 'chord', lyrics };
    return { chord: show(chord), kind, lyrics };
  });
}

/** What the song itself says about the look of a line; nearly always nothing. */
interface LineMarks {
  marks: readonly TextMark[];
  /** Of the bracket of a segment. */
  chordStyle: (index: number) => CSSProperties | undefined;
}

function lineMarks(segments: readonly Segment[], look: LineLook | undefined): LineMarks {
  const marks = segments.some((segment) => segment.marks !== undefined) ? marksOfLine(segments) : [];
  const all = look?.chords;
  if (all === undefined && segments.every((segment) => segment.chord_style === undefined)) return { marks, chordStyle: () => undefined };
  return {
    marks,
    chordStyle: (index) => {
      const own: TextStyle = { ...all, ...segments[index]?.chord_style };
      // Chords are a little smaller than words, and what is asked for is in proportion to that.
      return styleOf(own.size === undefined ? own : { ...own, size: own.size * chordSize });
    },
  };
}

/** As in chart.css, in em. */
const chordSize = 0.92;

function Chord({ part, isRtl, line }: { part: LinePart; isRtl: boolean; line: LineMarks }): ReactElement {
  if (part.chord === null) return <span className="chart-chord chart-chord-none">{'\u200b'}</span>;
  return (
    <span className={chordClasses[part.kind]} data-chord={part.index} style={part.index === null ? undefined : line.chordStyle(part.index)}>
      {isRtl ? <bdi dir="ltr">{part.chord}</bdi> : part.chord}
    </span>
  );
}

interface BoxProps {
  parts: readonly LinePart[];
  isLong: boolean;
  isRtl: boolean;
  line: LineMarks;
}

function Box({ parts, isLong, isRtl, line }: BoxProps): ReactElement {
  return (
    <span className={isLong ? 'chart-word chart-word-long' : 'chart-word'}>
      {parts.map((part) => (
        <span key={part.key} className={part.isContinued ? 'chart-part chart-part-within' : 'chart-part'}>
          <Chord part={part} isRtl={isRtl} line={line} />
          <span className={part.isContinued ? 'chart-lyric chart-continued' : 'chart-lyric'}>
            {part.lyrics === '' ? '\u200b' : wordsOf(part.lyrics, part.start, line)}
          </span>
        </span>
      ))}
    </span>
  );
}

function wordsOf(text: string, start: number, { marks }: LineMarks): ReactNode {
  return marks.length === 0 ? text : <Styled text={text} start={start} marks={marks} />;
}

function renderPieces(pieces: readonly LinePiece[], isRtl: boolean, line: LineMarks): ReactNode[] {
  return pieces.map((piece) =>
    piece.kind === 'text' ? (
      <Fragment key={piece.key}>{wordsOf(piece.text, piece.start, line)}</Fragment>
    ) : (
      <Box key={piece.key} parts={piece.parts} isLong={piece.isLong} isRtl={isRtl} line={line} />
    ),
  );
}

interface Run {
  key: number;
  isOther: boolean;
  pieces: LinePiece[];
}

/** Boxes count as one neutral character each in the bidirectional algorithm: words of the other direction are kept in a run. */
function intoRuns(pieces: readonly LinePiece[], base: Direction): Run[] {
  const runs: Run[] = [];
  for (const piece of pieces) {
    const run = runs.at(-1);
    const isOther = piece.direction === null ? (run?.isOther ?? false) : piece.direction !== base;
    if (run !== undefined && run.isOther === isOther) run.pieces.push(piece);
    else runs.push({ key: runs.length, isOther, pieces: [piece] });
  }
  return runs;
}

/** Chords above the syllables they belong to; without any words, chords in a row. */
export function renderLine(segments: readonly Segment[], show: ShowChord, look?: LineLook): ReactElement | null {
  const shown = toShown(segments, show);
  const words = shown.map((segment) => segment.lyrics).join('');
  const hasChords = shown.some((segment) => segment.chord !== null);
  const isChordsOnly = words.trim() === '';
  if (isChordsOnly && !hasChords) return null;
  const pieces = layOutLine(shown);
  const line = lineMarks(segments, look);
  if (isChordsOnly) {
    return (
      <p className="chart-line chart-line-chords chart-chords-only">
        {pieces.map((piece) =>
          piece.kind === 'text' ? null : (
            <Fragment key={piece.key}>
              {piece.parts.map((part) => (
                <Chord key={part.key} part={part} isRtl={false} line={line} />
              ))}{' '}
            </Fragment>
          ),
        )}
      </p>
    );
  }
  const base = directionOf(words) ?? 'ltr';
  const isRtl = base === 'rtl';
  const runs = isRtl ? intoRuns(pieces, base) : [{ key: 0, isOther: false, pieces }];
  return (
    <p
      className={hasChords ? 'chart-line chart-line-chords' : 'chart-line'}
      dir={isRtl ? 'rtl' : undefined}
      style={look?.words === undefined ? undefined : styleOf(look.words)}
    >
      {runs.map((run) =>
        run.isOther ? (
          <span key={run.key} dir="ltr">
            {renderPieces(run.pieces, false, line)}
          </span>
        ) : (
          <Fragment key={run.key}>{renderPieces(run.pieces, isRtl, line)}</Fragment>
        ),
      )}
    </p>
  );
}
