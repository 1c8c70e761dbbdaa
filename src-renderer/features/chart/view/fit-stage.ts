/** Legible at 1.5 m. */
export const smallestStageSize = 20;
/** The same of a tab or a grid, which is made smaller until it fits its column. */
export const smallestMonoSize = 14;
/** Above this a song of four lines looks like a poster. */
export const largestStageSize = 44;

export interface StageFit {
  size: number;
  columns: number;
  pages: number;
}

/** How many columns a song takes, set at this size in columns of this many a page. */
export type MeasureColumns = (size: number, columns: number) => number;

/**
 * The largest size at which the song is on one page; when it is not even at the smallest, pages at the size asked for. Each
 * measurement is a layout of the song: few are made, by halving.
 */
export function fitStage(measure: MeasureColumns, possibleColumns: readonly number[], wantedSize: number): StageFit {
  let best: StageFit | null = null;
  for (const columns of possibleColumns) {
    if (measure(smallestStageSize, columns) > columns) continue;
    let low = smallestStageSize;
    let high = largestStageSize;
    while (low < high) {
      const size = Math.ceil((low + high) / 2);
      if (measure(size, columns) <= columns) low = size;
      else high = size - 1;
    }
    if (best === null || low > best.size) best = { size: low, columns, pages: 1 };
  }
  if (best !== null) return best;
  const size = Math.min(largestStageSize, Math.max(smallestStageSize + 4, wantedSize));
  const columns = possibleColumns.at(-1) ?? 1;
  return { size, columns, pages: Math.ceil(measure(size, columns) / columns) };
}
