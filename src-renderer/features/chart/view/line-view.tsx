import { Fragment, type ReactElement, type ReactNode } from 'react';
import type { Segment } from '../../../../shared/music/chart-model.ts';
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

function Chord({ part, isRtl }: { part: LinePart; isRtl: boolean }): ReactElement {
  if (part.chord === null) return <span className="chart-chord">{'\u200b'}</span>;
  return (
    <span className={chordClasses[part.kind]} data-chord={part.index}>
      {isRtl ? <bdi dir="ltr">{part.chord}</bdi> : part.chord}
    </span>
  );
}

function Box({ parts, isLong, isRtl }: { parts: readonly LinePart[]; isLong: boolean; isRtl: boolean }): ReactElement {
  return (
    <span className={isLong ? 'chart-word chart-word-long' : 'chart-word'}>
      {parts.map((part) => (
        <span key={part.key} className="chart-part">
          <Chord part={part} isRtl={isRtl} />
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
    const run = runs.at(-1);
    const isOther = piece.direction === null ? (run?.isOther ?? false) : piece.direction !== base;
    if (run !== undefined && run.isOther === isOther) run.pieces.push(piece);
    else runs.push({ key: runs.length, isOther, pieces: [piece] });
  }
  return runs;
}

/** Chords above the syllables they belong to; without any words, chords in a row. */
export function renderLine(segments: readonly Segment[], show: ShowChord): ReactElement | null {
  const shown = toShown(segments, show);
  const words = shown.map((segment) => segment.lyrics).join('');
  const hasChords = shown.some((segment) => segment.chord !== null);
  const isChordsOnly = words.trim() === '';
  if (isChordsOnly && !hasChords) return null;
  const pieces = layOutLine(shown);
  if (isChordsOnly) {
    return (
      <p className="chart-line chart-chords-only">
        {pieces.map((piece) =>
          piece.kind === 'text' ? null : (
            <Fragment key={piece.key}>
              {piece.parts.map((part) => (
                <Chord key={part.key} part={part} isRtl={false} />
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
}
