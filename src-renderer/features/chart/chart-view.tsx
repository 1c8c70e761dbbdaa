import type { MouseEvent, ReactElement, ReactNode } from 'react';

import './chart.css';
import { placeOfChord, type ChordPlace } from './view/chord-place.ts';
import { ChartContent } from './view/chart-content.tsx';
import { useChart } from './view/use-chart.ts';
import type { ViewSettings } from './view-settings.ts';

export interface ChartViewProps {
  /** ChordPro, as it is in the shared text. Any text is shown: what is not understood is shown as typed. */
  source: string;
  settings: ViewSettings;
  /** A chord was pressed; where it is in the source, and on the screen. */
  onChordClick?: (place: ChordPlace, on: DOMRect) => void;
  /** Beside the head of the chart: the page's own view controls. */
  aside?: ReactNode;
}

const themes: Record<ViewSettings['theme'], string> = { auto: '', light: ' chart-light', dark: ' chart-dark' };

/** The chart as one person sees it. The page names the region it stands in. */
export function ChartView({ source, settings, onChordClick, aside }: ChartViewProps): ReactElement {
  const chart = useChart(source, settings.diagrams);
  const press = (event: MouseEvent<HTMLElement>): void => {
    if (onChordClick === undefined) return;
    const place = placeOfChord(chart, event.currentTarget, event.target);
    const chord = event.target instanceof Element ? event.target.closest('[data-chord]') : null;
    if (place !== null && chord !== null) onChordClick(place, chord.getBoundingClientRect());
  };

  return (
    <article
      className={`chart-view${themes[settings.theme]}`}
      style={{ '--chart-size': `${settings.size}px` }}
      {...(onChordClick === undefined ? {} : { onClick: press })}
    >
      {aside !== undefined && <div className="chart-aside">{aside}</div>}
      <ChartContent chart={chart} settings={settings} />
    </article>
  );
}
