import type { ChartLine } from './chart-model.ts';
import { contentPlaces, lineContent, type SourceLine } from './source-lines.ts';

export type Placing = (at: number, otherwise: number) => number;

/** From the content of a line to the line as typed. Where `%{…}` was replaced no place is left: then it is the whole line. */
export function placing(content: string, line: SourceLine): Placing {
  const places = lineContent(line).replaceAll('\t', ' ') === content.replaceAll('\t', ' ') ? contentPlaces(line) : [];
  return (at, otherwise) => (places === null ? at : (places[at] ?? otherwise));
}

export function placed(chartLine: ChartLine, line: SourceLine, place: Placing): ChartLine {
  const segments = chartLine.segments.map((segment) => ({
    ...segment,
    from: place(segment.from, 0),
    to: place(segment.to, line.source.length),
  }));
  return { ...chartLine, source: line.source, segments };
}
