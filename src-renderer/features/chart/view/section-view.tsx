import { memo, use, type ReactElement } from 'react';
import type { ChartLine, ChartSection } from '../../../../shared/music/chart-model.ts';
import { withoutMarkup } from '../../../../shared/music/markup.ts';
import { DiagramContext } from '../diagrams/diagram-choice.ts';
import '../breaks.css';
import { chartText } from '../chart-text.ts';
import type { ShowChord } from './line-view.tsx';
import { columnsEnded, intoRuns, isBreak, isSameBlock, type Block } from './section-blocks.ts';
import { SectionLines } from './section-lines.tsx';
import { styleOf } from './styled-words.tsx';

export interface SectionProps {
  section: ChartSection;
  show: ShowChord;
  /** Above it, since the last page break. */
  columnsBefore: number;
  /** In columns and on pages a stanza stays together. */
  isPaged: boolean;
}

function labelOf(section: ChartSection): string | null {
  if (section.label !== null && section.label.trim() !== '') return section.label;
  if (section.type === 'chorus') return chartText.chorus;
  if (section.type === 'bridge') return chartText.bridge;
  return null;
}

/** Said by classes, since `:has()` would have the browser look at all sections again whenever a line comes or goes. */
function classOf({ type }: ChartSection, isAfterBreak: boolean, isBeforeBreak: boolean): string {
  const chorus = type === 'chorus' ? ' chart-section-chorus' : '';
  return `chart-section${chorus}${isAfterBreak ? ' chart-section-after-break' : ''}${isBeforeBreak ? ' chart-section-before-break' : ''}`;
}

/** Positions move with every line above; what is drawn does not. */
export function isSameSection(before: ChartSection, after: ChartSection): boolean {
  return (
    before.type === after.type &&
    before.label === after.label &&
    JSON.stringify(before.label_style) === JSON.stringify(after.label_style) &&
    before.attributes['shape'] === after.attributes['shape'] &&
    before.is_recall === after.is_recall &&
    isSameBlock(before.lines, after.lines)
  );
}

/** @param ended how many columns of the page have ended with it: with the last one, the next row of columns begins */
function breakClass(line: ChartLine, ended: number): string {
  if (line.type !== 'directive' || line.name !== 'column_break') return 'chart-page-break';
  return `chart-column-break${[2, 3, 4].map((columns) => (ended % columns === 0 ? ` chart-ends-${columns}` : '')).join('')}`;
}

function breakOf(run: readonly Block[] | undefined): ChartLine | undefined {
  return isBreak(run?.[0]) ? run?.[0]?.[0] : undefined;
}

export const Section = memo(
  function Section({ section, show, columnsBefore, isPaged }: SectionProps): ReactElement | null {
    const runs = intoRuns(section.lines, use(DiagramContext) !== null);
    const label = labelOf(section);
    if (runs.length === 0 && !section.is_recall && section.opened_at === null) return null;
    const isAfterBreak = label === null && breakOf(runs[0]) !== undefined;
    return (
      <section className={classOf(section, isAfterBreak, breakOf(runs.at(-1)) !== undefined)}>
        {label !== null && (
          <h3 className="chart-label" dir="auto" style={section.label_style === undefined ? undefined : styleOf(section.label_style)}>
            {withoutMarkup(label)}
          </h3>
        )}
        {runs.map((run, at) => {
          const ended = breakOf(run);
          return ended === undefined ? (
            // oxlint-disable-next-line react/no-array-index-key -- Breaks seldom come or go, and lines between them are found again by their own keys.
            <SectionLines key={at} blocks={run} show={show} shape={section.attributes['shape']} isPaged={isPaged} />
          ) : (
            // oxlint-disable-next-line react/no-array-index-key
            <div key={at} className={breakClass(ended, columnsEnded(runs.slice(0, at + 1).flat(2), columnsBefore))} />
          );
        })}
      </section>
    );
  },
  (before, after) =>
    before.show === after.show &&
    before.columnsBefore === after.columnsBefore &&
    before.isPaged === after.isPaged &&
    isSameSection(before.section, after.section),
);
