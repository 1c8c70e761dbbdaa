import type { ReactElement } from 'react';
import type { Meta } from '../../../../shared/music/chart-model.ts';
import { withoutMarkup } from '../../../../shared/music/markup.ts';
import { chartText } from '../chart-text.ts';

export interface ChartHeadProps {
  meta: Meta;
  /** As this person sees it; null without one. */
  songKey: string | null;
  /** Fret of the capo this person uses; 0 for none. */
  capo: number;
  /** What one grips behind the capo. */
  shapeKey: string | null;
}

/** Title and what a musician must know before the first bar. */
export function ChartHead({ meta, songKey, capo, shapeKey }: ChartHeadProps): ReactElement {
  const people = [...(meta['artist'] ?? []), ...(meta['composer'] ?? []), ...(meta['lyricist'] ?? [])].map(withoutMarkup);
  const time = meta['time']?.at(-1);
  const tempo = meta['tempo']?.at(-1);
  const facts: string[] = [];
  if (capo > 0) facts.push(shapeKey === null ? chartText.capo(capo) : chartText.capoShapes(capo, shapeKey));
  if (time !== undefined && time !== '') facts.push(time);
  if (tempo !== undefined && tempo !== '') facts.push(chartText.tempo(tempo));
  return (
    <header className="chart-head">
      <div className="chart-names">
        <h2 className="chart-title">{withoutMarkup(meta['title']?.[0] ?? chartText.untitled)}</h2>
        {(meta['subtitle'] ?? []).map((subtitle) => (
          <p key={subtitle} className="chart-subtitle">
            {withoutMarkup(subtitle)}
          </p>
        ))}
        {people.length > 0 && <p className="chart-artist">{[...new Set(people)].join(' · ')}</p>}
      </div>
      {(facts.length > 0 || songKey !== null) && (
        <ul className="chart-facts">
          {songKey !== null && (
            <li>
              {chartText.key} <strong>{songKey}</strong>
            </li>
          )}
          {facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      )}
    </header>
  );
}
