import type { ReactElement } from 'react';
import type { ChartLine } from '../../../../shared/music/chart-model.ts';
import { gridRows } from './grid-columns.ts';
import type { ShowChord } from './line-view.tsx';
import { MonoBlock } from './mono-block.tsx';

export interface GridLinesProps {
  lines: readonly ChartLine[];
  show: ShowChord;
  /** `1+4x4+1`: measures and beats, by which cells go into columns. */
  shape: string | undefined;
}

export function GridLines({ lines, show, shape }: GridLinesProps): ReactElement {
  const rows = gridRows(lines, show, shape).map((places, key) => ({ key, places }));
  const lengthOf = (row: (typeof rows)[number]): number =>
    row.places.reduce((sum, { pieces, padding }) => sum + padding + pieces.reduce((width, { text }) => width + text.length, 0), 0);
  const longest = Math.max(1, ...rows.map(lengthOf));
  return (
    <MonoBlock letters={longest} words={lines[0]?.look?.words}>
      {rows.map(({ key: row, places }) => (
        <div key={row}>
          {places.map(({ key, pieces, padding }) => (
            <span key={key}>
              {pieces.map(({ text, isChord }, at) => {
                const place = String(at);
                return isChord ? (
                  <span key={place} className="chart-grid-chord">
                    {text}
                  </span>
                ) : (
                  text
                );
              })}
              {' '.repeat(padding)}
            </span>
          ))}
          {places.length === 0 ? '\n' : null}
        </div>
      ))}
    </MonoBlock>
  );
}
