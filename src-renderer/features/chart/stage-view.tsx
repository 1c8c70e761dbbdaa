import { useCallback, useEffect, useLayoutEffect, useRef, useState, type MouseEvent, type ReactElement } from 'react';

import './chart.css';
import './stage.css';
import { chartText } from './chart-text.ts';
import { ChartContent } from './view/chart-content.tsx';
import { fitStage, smallestMonoSize, smallestStageSize, type StageFit } from './view/fit-stage.ts';
import { isPageTurn, pageAfter } from './view/page-turn.ts';
import { useChart } from './view/use-chart.ts';
import type { ViewSettings } from './view-settings.ts';

export interface StageViewProps {
  source: string;
  settings: ViewSettings;
  onLeave: () => void;
  /** Turned beyond the last page, or before the first: the setlist goes on there. */
  onNextSong?: () => void;
  onPreviousSong?: () => void;
}

/** Two columns where each of them still holds a long line. */
const narrowestColumn = 520;

/** The chart alone, dark, as large as it fits; pages turn by tap, arrows, PageUp and PageDown, Space. */
export function StageView({ source, settings, onLeave, onNextSong, onPreviousSong }: StageViewProps): ReactElement {
  const chart = useChart(source, settings.diagrams);
  const dialog = useRef<HTMLDialogElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const [fit, setFit] = useState<StageFit>({ size: 24, columns: 1, pages: 1 });
  const [page, setPage] = useState(0);
  const [box, setBox] = useState({ width: 0, height: 0 });

  useLayoutEffect(() => {
    const element = stage.current;
    if (element === null) return undefined;
    // The browser's own modal: above everything, and the rest of the page out of reach for keys and screen readers.
    dialog.current?.showModal();
    const look = (): void => setBox({ width: element.clientWidth, height: element.clientHeight });
    // At once, so that the first picture already has its size.
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    const element = sheet.current;
    if (element === null || box.width === 0 || chart.sections.length === 0) return;
    const gap = Number.parseFloat(getComputedStyle(element).columnGap);
    const measure = (size: number, columns: number): number => {
      element.style.setProperty('--chart-size', `${size}px`);
      element.style.columnCount = String(columns);
      const column = (element.clientWidth - gap * (columns - 1)) / columns;
      return Math.round((element.scrollWidth + gap) / (column + gap));
    };
    const isLegibleIn = (columns: number): boolean => {
      element.style.setProperty('--chart-size', `${smallestStageSize}px`);
      element.style.columnCount = String(columns);
      return [...element.querySelectorAll('.chart-mono')].every(
        (block) => Number.parseFloat(getComputedStyle(block).fontSize) >= smallestMonoSize,
      );
    };
    const columns =
      settings.columns === 0
        ? [1, 2, 3].filter((count) => count === 1 || (box.width >= count * narrowestColumn && isLegibleIn(count)))
        : [settings.columns];
    const next = fitStage(measure, columns, settings.size);
    element.style.setProperty('--chart-size', `${next.size}px`);
    element.style.columnCount = String(next.columns);
    setFit((before) => (before.size === next.size && before.columns === next.columns && before.pages === next.pages ? before : next));
    setPage((before) => Math.min(before, next.pages - 1));
  }, [chart, settings, box]);

  const turn = useCallback(
    (by: 1 | -1) => {
      const next = page + by;
      if (next < 0) onPreviousSong?.();
      else if (next >= fit.pages) onNextSong?.();
      else setPage(next);
    },
    [page, fit.pages, onNextSong, onPreviousSong],
  );

  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!isPageTurn(event)) return;
      event.preventDefault();
      const to = pageAfter(event, fit.pages);
      if (to === 'next') turn(1);
      else if (to === 'previous') turn(-1);
      else setPage(to);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [fit.pages, turn]);

  const tap = (event: MouseEvent<HTMLElement>): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    turn(event.clientX - left < width / 3 ? -1 : 1);
  };

  return (
    <dialog
      ref={dialog}
      className="chart-stage"
      aria-label={chartText.stage}
      onCancel={(event) => {
        event.preventDefault();
        onLeave();
      }}
    >
      <div ref={stage} className="chart-stage-window">
        <div
          ref={sheet}
          className={fit.pages > 1 ? 'chart-view chart-stage-sheet chart-stage-pages' : 'chart-view chart-stage-sheet'}
          style={{ transform: `translateX(calc(${-page} * (100% + var(--chart-stage-gap))))` }}
        >
          <ChartContent chart={chart} settings={settings} medium="stage" />
        </div>
      </div>
      {/* Keyboards turn pages everywhere on the stage; this is the surface for fingers and pedals that click. */}
      <button type="button" className="chart-stage-tap" aria-label={chartText.turnPage} tabIndex={-1} onClick={tap} />
      <button type="button" className="chart-stage-leave" onClick={onLeave}>
        {chartText.leaveStage}
      </button>
      {fit.pages > 1 && <output className="chart-stage-page">{chartText.pageOf(page + 1, fit.pages)}</output>}
    </dialog>
  );
}
