import { useMemo } from 'react';
import type { Chart } from '../../../../shared/music/chart-model.ts';
import { createChartReader } from '../../../../shared/music/parse-song.ts';
import type { ViewSettings } from '../view-settings.ts';

/** Who plays what is told by the diagrams they see: `{define-ukulele: …}` counts for them, and `{textsize-guitar: …}` does not. */
const selectorsOf: Readonly<Record<ViewSettings['diagrams'], readonly string[] | null>> = {
  none: null,
  guitar: null,
  ukulele: ['ukulele'],
  piano: ['keyboard', 'piano'],
};

/** The chart of a text that changes, for who plays this; lines that did not change are the same objects as before. */
export function useChart(source: string, diagrams: ViewSettings['diagrams']): Chart {
  const read = useMemo(() => {
    const selectors = selectorsOf[diagrams];
    return createChartReader(selectors === null ? {} : { selectors });
  }, [diagrams]);
  return useMemo(() => read(source), [read, source]);
}
