import { memo, useMemo, type ReactElement } from 'react';
import type { ChartLine, ChartSection } from '../../../../shared/music/chart-model.ts';
import { withoutMarkup } from '../../../../shared/music/markup.ts';
import { chartText } from '../chart-text.ts';
import type { ShowChord } from './line-view.tsx';
import { createKeys } from './stable-keys.ts';
import { styleOf } from './styled-words.tsx';
import { isBreak, isSameLines, Stanza } from './stanza-view.tsx';

export interface SectionProps {
  section: ChartSection;
  show: ShowChord;
}

const breaks = new Set(['column_break', 'new_page', 'new_physical_page']);

/**
 * Empty lines part stanzas. A column or page break stands alone, since it must not be kept together with anything; other
 * directives show nothing.
 */
function intoStanzas(lines: readonly ChartLine[]): ChartLine[][] {
  const stanzas: ChartLine[][] = [];
  let open: ChartLine[] = [];
  const close = (): void => {
    if (open.length > 0) stanzas.push(open);
    open = [];
  };
  for (const line of lines) {
    if (line.type === 'directive' && line.name !== 'chord' && !breaks.has(line.name)) continue;
    if (line.type === 'empty' || isBreak([line])) close();
    if (isBreak([line])) stanzas.push([line]);
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
    isSameLines(before.lines, after.lines)
  );
}

export const Section = memo(
  function Section({ section, show }: SectionProps): ReactElement | null {
    const keyed = useMemo(() => createKeys(isSameLines), []);
    const stanzas = keyed(intoStanzas(section.lines));
    const label = labelOf(section);
    if (stanzas.length === 0 && !section.is_recall && section.opened_at === null) return null;
    return (
      <section className={classOf(section, label === null && isBreak(stanzas[0]?.item), isBreak(stanzas.at(-1)?.item))}>
        {label !== null && (
          <h3 className="chart-label" dir="auto" style={section.label_style === undefined ? undefined : styleOf(section.label_style)}>
            {withoutMarkup(label)}
          </h3>
        )}
        {stanzas.map(({ key, item }, at) => (
          <Stanza
            key={key}
            lines={item}
            show={show}
            shape={section.attributes['shape']}
            // Around a break that the song asks for, a gap would stay.
            isFollowing={at > 0 && !isBreak(stanzas[at - 1]?.item)}
          />
        ))}
      </section>
    );
  },
  (before, after) => before.show === after.show && isSameSection(before.section, after.section),
);
