import { useMemo, useState } from 'react';
import type { Chart } from '../../../../shared/music/chart-model.ts';
import { createChartReader } from '../../../../shared/music/parse-song.ts';

/** The chart of a text that changes; lines that did not change are the same objects as before. */
export function useChart(source: string): Chart {
  const [read] = useState(() => createChartReader());
  return useMemo(() => read(source), [read, source]);
}
