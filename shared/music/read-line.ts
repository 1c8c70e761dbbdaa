import type { ChartLine, DiagnosticCode, Segment } from './chart-model.ts';
import { markSegments } from './mark-segments.ts';
import { readBrackets } from './read-brackets.ts';
import { readChord } from './read-chord.ts';
import { gridCells, readGridSegments } from './read-grid.ts';
import { classifyBracket, type ChordShift, type SeenBracket } from './shift-chord.ts';

/** How the words of a section are read. */
export type LineMode = 'lyrics' | 'grid' | 'verbatim' | 'words';

export interface LineProblem {
  code: DiagnosticCode;
  message: string;
  from: number;
  to: number;
}

export interface ReadLine {
  line: ChartLine;
  problems: readonly LineProblem[];
}

const emptyLine: ReadLine = { line: { type: 'empty', source: '', segments: [] }, problems: [] };

/** One line that is no directive and no `#` comment. Pure: the same arguments give the same chart line. */
export function readLine(content: string, mode: LineMode, shift: ChordShift): ReadLine {
  if (content === '') return emptyLine;
  if (content.trim() === '') return { line: { type: 'empty', source: content, segments: [] }, problems: [] };
  switch (mode) {
    case 'verbatim':
      return { line: { type: 'tab', source: content, segments: [wordsOf(content)] }, problems: [] };
    case 'words':
      return { line: { type: 'lyrics', source: content, segments: markSegments([wordsOf(content)]) }, problems: [] };
    case 'grid':
      return {
        line: { type: 'grid', source: content, segments: readGridSegments(content, shift) },
        problems: gridProblems(content, shift),
      };
    case 'lyrics': {
      const { segments, problems } = readSegments(content, shift);
      return { line: { type: 'lyrics', source: content, segments }, problems };
    }
  }
}

/** What has letters between the bars of a grid and is no chord; `x` is a rest. */
function gridProblems(content: string, { system }: ChordShift): LineProblem[] {
  return gridCells(content).flatMap(({ from, to }) => {
    const text = content.slice(from, to);
    if (!/\p{L}{2}|^[A-H]/u.test(text) || readChord(text, system) !== null) return [];
    return [
      { code: 'unknown-chord', message: `“${text}” is no chord that can be read: it is shown as typed and is not transposed.`, from, to },
    ];
  });
}

const wordsOf = (content: string): Segment => ({ chord: null, lyrics: content, kind: 'text', from: 0, to: content.length });

function segmentOf({ kind, text }: SeenBracket, lyrics: string, from: number, to: number): Segment {
  if (kind === 'annotation') return { chord: null, lyrics, kind, annotation: text, from, to };
  if (kind === 'text') return { chord: null, lyrics, kind, from, to };
  return { chord: text, lyrics, kind, from, to };
}

/** Words and what stands in brackets between them. */
export function readSegments(content: string, shift: ChordShift): { segments: readonly Segment[]; problems: LineProblem[] } {
  const { brackets, unclosed, isTooLong } = readBrackets(content);
  const segments: Segment[] = [];
  const problems: LineProblem[] = [];
  const first = brackets[0]?.from ?? content.length;
  if (first > 0) segments.push({ chord: null, lyrics: content.slice(0, first), kind: 'text', from: 0, to: first });
  for (let index = 0; index < brackets.length; index += 1) {
    const bracket = brackets[index];
    if (bracket === undefined) break;
    const lyrics = content.slice(bracket.to, brackets[index + 1]?.from ?? content.length);
    const { from, to } = bracket;
    const seen = classifyBracket(bracket.content, shift);
    const segment = segmentOf(seen, lyrics, from, to);
    segments.push(seen.style === undefined ? segment : { ...segment, chord_style: seen.style });
    if (seen.kind === 'unknown') {
      const message = `“${seen.text}” is no chord that can be read: it is shown as typed and is not transposed. Write [*${seen.text}] if it is a remark.`;
      problems.push({ code: 'unknown-chord', message, from, to });
    }
  }
  if (unclosed >= 0) {
    problems.push({ code: 'unclosed-chord', message: 'A chord starts here with “[” and has no “]”.', from: unclosed, to: content.length });
  }
  if (isTooLong) {
    const message = 'This line has more chords than a line can have; the rest of it is shown as words.';
    problems.push({ code: 'line-too-long', message, from: segments.at(-1)?.from ?? 0, to: content.length });
  }
  return { segments: content.includes('<') ? markSegments(segments) : segments, problems };
}
