import { lazy, Suspense, use, useMemo, type ReactElement } from 'react';
import type { Chart, ChartSection } from '../../../../shared/music/chart-model.ts';
import { chartText } from '../chart-text.ts';
import type { ViewSettings } from '../view-settings.ts';
import { DiagramsToCome } from '../diagrams/diagrams-to-come.tsx';
import { DiagramContext, type DiagramChoice } from '../diagrams/diagram-choice.ts';
import { ChartHead } from './chart-head.tsx';
import { SightContext, type Sight } from './in-sight.tsx';
import { usePersonalChords } from './personal-chords.ts';
import { columnsEnded } from './section-blocks.ts';
import { isSameSection, Section } from './section-view.tsx';
import { createKeys } from './stable-keys.ts';

/** Apart from the rest: most people never ask for them. */
const ChordDiagrams = lazy(() => import('../diagrams/chord-diagrams.tsx'));

export interface ChartContentProps {
  chart: Chart;
  settings: ViewSettings;
  /** The stage lays columns out itself; there and on paper a stanza stays together. */
  medium?: 'screen' | 'stage' | 'paper';
}

function bodyClass(columns: number, isStage: boolean, sight: Sight | null): string {
  if (columns > 1) return `chart-body chart-columns-${Math.min(columns, 4)}`;
  if (isStage) return 'chart-body';
  return sight === null ? 'chart-body chart-flow' : 'chart-body chart-flow chart-near';
}

function columnsBeforeEach(sections: readonly ChartSection[]): number[] {
  const before: number[] = [];
  let ended = 0;
  for (const { lines } of sections) {
    before.push(ended);
    ended = columnsEnded(lines, ended);
  }
  return before;
}

/** Head and sections of a chart, on screen, on stage and on paper alike. */
export function ChartContent({ chart, settings, medium = 'screen' }: ChartContentProps): ReactElement {
  const personal = usePersonalChords(chart, settings);
  const { diagrams, is_left_handed: isLeftHanded } = settings;
  const { isAsWritten } = personal;
  const { definitions, notation } = chart;
  const { system } = notation;
  const sight = use(SightContext);
  const keyed = useMemo(() => createKeys(isSameSection), []);
  const grips = useMemo((): DiagramChoice | null => {
    // A grip sounds as its name only for the chords that the song writes.
    return !isAsWritten || diagrams === 'none' ? null : { instrument: diagrams, isLeftHanded, definitions, system };
  }, [isAsWritten, diagrams, isLeftHanded, definitions, system]);
  const columnsBefore = columnsBeforeEach(chart.sections);
  const isEmpty = chart.meta['title'] === undefined && chart.sections.every((section) => section.lines.length === 0);
  if (isEmpty) return <p className="chart-empty">{chartText.empty}</p>;
  const columns = medium === 'stage' ? 1 : settings.columns === 0 ? chart.columns : settings.columns;
  return (
    <>
      <ChartHead meta={chart.meta} songKey={personal.songKey} capo={personal.capo} shapeKey={personal.shapeKey} />
      {settings.diagrams !== 'none' && (
        <Suspense fallback={<DiagramsToCome />}>
          <ChordDiagrams chart={chart} settings={settings} />
        </Suspense>
      )}
      <div className={bodyClass(columns, medium === 'stage', sight)} style={columns > 1 ? { columns: `${columns} 15em` } : undefined}>
        <DiagramContext value={grips}>
          <SightContext value={columns > 1 || medium === 'stage' ? null : sight}>
            {keyed(chart.sections).map(({ key, item }, at) => (
              <Section
                key={key}
                section={item}
                show={personal.show}
                columnsBefore={columnsBefore[at] ?? 0}
                isPaged={columns > 1 || medium !== 'screen'}
              />
            ))}
          </SightContext>
        </DiagramContext>
      </div>
    </>
  );
}
