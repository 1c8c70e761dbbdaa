import { Fragment, memo, type ReactElement, type ReactNode } from 'react';
import { layOutLine, directionOf, type Direction, type LinePart, type LinePiece, type LineSegment } from './line-layout.ts';

export interface LyricsLineProps {
  segments: readonly LineSegment[];
}

function Box({ parts, isLong, isRtl }: { parts: readonly LinePart[]; isLong: boolean; isRtl: boolean }): ReactElement {
  return (
    <span className={isLong ? 'chart-word chart-word-long' : 'chart-word'}>
      {parts.map((part) => (
        <span key={part.key} className="chart-part">
          <span className="chart-chord" data-chord={part.index ?? undefined}>
            {part.chord === null ? '\u200b' : isRtl ? <bdi dir="ltr">{part.chord}</bdi> : part.chord}
          </span>
          <span className={part.isContinued ? 'chart-lyric chart-continued' : 'chart-lyric'}>
            {part.lyrics === '' ? '\u200b' : part.lyrics}
          </span>
        </span>
      ))}
    </span>
  );
}

function renderPieces(pieces: readonly LinePiece[], isRtl: boolean): ReactNode[] {
  return pieces.map((piece) =>
    piece.kind === 'text' ? (
      <Fragment key={piece.key}>{piece.text}</Fragment>
    ) : (
      <Box key={piece.key} parts={piece.parts} isLong={piece.isLong} isRtl={isRtl} />
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
    const isOther = piece.direction === null ? (runs.at(-1)?.isOther ?? false) : piece.direction !== base;
    const run = runs.at(-1);
    if (run !== undefined && run.isOther === isOther) run.pieces.push(piece);
    else runs.push({ key: runs.length, isOther, pieces: [piece] });
  }
  return runs;
}

/** Chords above the syllables they belong to. Drawn anew only when the segments are others. */
export const LyricsLine = memo(function LyricsLine({ segments }: LyricsLineProps): ReactElement {
  const pieces = layOutLine(segments);
  const words = segments.map((segment) => segment.lyrics).join('');
  if (words.trim() === '') {
    return (
      <p className="chart-line chart-chords-only">
        {pieces.map((piece) =>
          piece.kind === 'text' ? null : (
            <Fragment key={piece.key}>
              <span className="chart-chord" data-chord={piece.parts[0]?.index ?? undefined}>
                {piece.parts[0]?.chord}
              </span>{' '}
            </Fragment>
          ),
        )}
      </p>
    );
  }
  const base = directionOf(words) ?? 'ltr';
  const isRtl = base === 'rtl';
  const runs = isRtl ? intoRuns(pieces, base) : [{ key: 0, isOther: false, pieces: [...pieces] }];
  return (
    <p className="chart-line" dir={isRtl ? 'rtl' : undefined}>
      {runs.map((run) =>
        run.isOther ? (
          <span key={run.key} dir="ltr">
            {renderPieces(run.pieces, false)}
          </span>
        ) : (
          <Fragment key={run.key}>{renderPieces(run.pieces, isRtl)}</Fragment>
        ),
      )}
    </p>
  );
});
