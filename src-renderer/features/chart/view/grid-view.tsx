import type { ReactElement } from 'react';
import type { ChartLine } from '../../../../shared/music/chart-model.ts';
import type { ShowChord } from './line-view.tsx';
import { MonoBlock } from './mono-block.tsx';

interface Cell {
  key: number;
  text: string;
  isChord: boolean;
}

function cellsOf(line: ChartLine, show: ShowChord): Cell[] {
  const cells: Cell[] = [];
  for (const { chord, lyrics } of line.segments) {
    if (chord !== null) cells.push({ key: cells.length, text: show(chord) ?? '·', isChord: true });
    for (const text of lyrics.split(/\s+/u)) {
      if (text !== '') cells.push({ key: cells.length, text, isChord: false });
    }
  }
  return cells;
}

/** Lines of a grid with the same number of cells stand exactly under each other, whatever transposing made of their chords. */
export function GridLines({ lines, show }: { lines: readonly ChartLine[]; show: ShowChord }): ReactElement {
  const rows = lines.map((line, key) => ({ key, cells: cellsOf(line, show) }));
  const widths = new Map<string, number>();
  for (const { cells } of rows) {
    for (const { key, text } of cells) {
      const place = `${cells.length}.${key}`;
      widths.set(place, Math.max(widths.get(place) ?? 0, text.length));
    }
  }
  const longest = Math.max(
    1,
    ...rows.map(({ cells }) => cells.reduce((sum, { key }) => sum + (widths.get(`${cells.length}.${key}`) ?? 0) + 1, 0)),
  );
  return (
    <MonoBlock letters={longest} words={lines[0]?.look?.words}>
      {rows.map(({ key: row, cells }) => (
        <div key={row}>
          {cells.map(({ key, text, isChord }) => {
            const padding = ' '.repeat((widths.get(`${cells.length}.${key}`) ?? 0) - text.length + 1);
            return isChord ? (
              <span key={key} className="chart-grid-chord">
                {text}
                {padding}
              </span>
            ) : (
              text + padding
            );
          })}
          {cells.length === 0 ? '\n' : null}
        </div>
      ))}
    </MonoBlock>
  );
}
