import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import type { Chart } from '../../../../shared/music/chart-model.ts';
import { parseSongs } from '../../../../shared/music/parse-song.ts';
import { chartText } from '../chart-text.ts';
import { lettersLoaded } from '../letters.ts';
import { ChartContent } from '../view/chart-content.tsx';
import { styleNonce } from '../../../theme/style-nonce.ts';
import type { ViewSettings } from '../view-settings.ts';
import './print.css';

export interface PrintSheet {
  close(): void;
}

/** A song, and how this person sees it. */
export interface PrintedSong {
  source: string;
  settings: ViewSettings;
}

interface PrintedChart {
  chart: Chart;
  settings: ViewSettings;
}

/** A text within a CSS string: nothing that a title holds can end it. */
function cssString(text: string): string {
  const escaped = Array.from(text.slice(0, 200), (character) => `\\${(character.codePointAt(0) ?? 0x20).toString(16)} `);
  return `"${escaped.join('')}"`;
}

/** Each song has pages of its own: its title on top, the page number below. */
function pageRules(songs: readonly PrintedChart[]): string {
  const rules = songs.map(({ chart }, at) => {
    const title = cssString(chart.meta['title']?.[0] ?? chartText.untitled);
    return `@page chart-song-${at} { @top-left { content: ${title}; } @bottom-center { content: counter(page) " / " counter(pages); } }`;
  });
  return rules.join('\n');
}

/** Resolves when the diagrams, which are read when first asked for, are there. */
function diagramsDrawn(sheet: Element): Promise<void> {
  const isDrawn = (): boolean => sheet.querySelector('[aria-busy="true"]') === null;
  if (isDrawn()) return Promise.resolve();
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (!isDrawn()) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(sheet, { childList: true, attributes: true, subtree: true });
  });
}

/** Puts songs on paper, each as this person sees it; the rest of the page is not printed as long as the sheet is open. */
export async function openPrintSheet(printed: readonly PrintedSong[]): Promise<PrintSheet> {
  const charts = printed.flatMap(({ source, settings }) => parseSongs(source).map((chart) => ({ chart, settings })));
  const sheet = document.createElement('div');
  sheet.className = 'chart-print';
  const rules = document.createElement('style');
  rules.nonce = styleNonce();
  rules.textContent = pageRules(charts);
  document.head.append(rules);
  document.body.append(sheet);
  const root = createRoot(sheet);
  const songs = charts.map((song, key) => ({ key, ...song }));
  flushSync(() =>
    root.render(
      songs.map(({ key, chart, settings }) => (
        <article
          key={key}
          className="chart-view chart-light chart-print-song"
          style={{ page: `chart-song-${key}`, '--chart-size': `${Math.min(settings.size, 16)}px` }}
        >
          <ChartContent chart={chart} settings={settings} medium="paper" />
        </article>
      )),
    ),
  );
  await diagramsDrawn(sheet);
  await lettersLoaded(sheet.textContent);
  return {
    close: () => {
      root.unmount();
      sheet.remove();
      rules.remove();
    },
  };
}

/** The print dialog of the system, which also makes a PDF. Resolves when it is closed. */
export async function printSongs(songs: readonly PrintedSong[]): Promise<void> {
  const sheet = await openPrintSheet(songs);
  window.addEventListener('afterprint', () => sheet.close(), { once: true });
  window.print();
}
