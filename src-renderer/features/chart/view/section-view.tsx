import { memo, type ReactElement } from 'react';
import type { ChartLine, ChartSection } from '../../../../shared/music/chart-model.ts';
import { withoutMarkup } from '../../../../shared/music/markup.ts';
import { chartText } from '../chart-text.ts';
import type { ShowChord } from './line-view.tsx';
import { styleOf } from './styled-words.tsx';
import { isSameLines, Stanza } from './stanza-view.tsx';

export interface SectionProps {
  section: ChartSection;
  show: ShowChord;
}

interface StanzaLines {
  key: number;
  lines: ChartLine[];
}

const breaks = new Set(['column_break', 'new_page', 'new_physical_page']);

/**
 * Empty lines part stanzas. A column or page break stands alone, since it must not be kept together with anything; other
 * directives show nothing.
 */
export function intoStanzas(lines: readonly ChartLine[]): StanzaLines[] {
  const stanzas: StanzaLines[] = [];
  let open: ChartLine[] = [];
  const close = (): void => {
    if (open.length > 0) stanzas.push({ key: stanzas.length, lines: open });
    open = [];
  };
  for (const line of lines) {
    if (line.type === 'directive' && line.name !== 'chord' && !breaks.has(line.name)) continue;
    const isBreak = line.type === 'directive' && line.name !== 'chord';
    if (line.type === 'empty' || isBreak) close();
    if (isBreak) stanzas.push({ key: stanzas.length, lines: [line] });
    else if (line.type !== 'empty') open.push(line);
  }
  close();
  return stanzas;
}

function labelOf(section: ChartSection): string | null {
  if (section.label !== null && section.label.trim() !== '') return section.label;
  if (section.type === 'chorus') return chartText.chorus;
  if (section.type === 'bridge') return chartText.bridge;
  return null;
}

export const Section = memo(
  function Section({ section, show }: SectionProps): ReactElement | null {
    const stanzas = intoStanzas(section.lines);
    const label = labelOf(section);
    if (stanzas.length === 0 && !section.is_recall && section.opened_at === null) return null;
    const name = `chart-section${section.type === 'chorus' ? ' chart-section-chorus' : ''}`;
    return (
      <section className={name}>
        {label !== null && (
          <h3 className="chart-label" dir="auto" style={section.label_style === undefined ? undefined : styleOf(section.label_style)}>
            {withoutMarkup(label)}
          </h3>
        )}
        {stanzas.map(({ key, lines }) => (
          <Stanza key={key} lines={lines} show={show} shape={section.attributes['shape']} />
        ))}
      </section>
    );
  },
  // Positions move with every line above; what is drawn does not.
  (before, after) =>
    before.show === after.show &&
    before.section.type === after.section.type &&
    before.section.label === after.section.label &&
    JSON.stringify(before.section.label_style) === JSON.stringify(after.section.label_style) &&
    before.section.attributes['shape'] === after.section.attributes['shape'] &&
    before.section.is_recall === after.section.is_recall &&
    isSameLines(before.section.lines, after.section.lines),
);
