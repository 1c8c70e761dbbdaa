import type { ChartLine } from '../../../../shared/music/chart-model.ts';

/** A line, those of a tab or a grid, which stay together, or the gap between two stanzas. */
export type Block = readonly ChartLine[];

const breaks = new Set(['column_break', 'new_page', 'new_physical_page']);

/** A column or page break. It stands alone, since it must not be kept together with anything. */
export function isBreak(block: Block | undefined): boolean {
  const line = block?.[0];
  return line?.type === 'directive' && breaks.has(line.name);
}

/** How many columns have ended since the last page break; `before` have when the lines begin. */
export function columnsEnded(lines: readonly ChartLine[], before: number): number {
  let ended = before;
  for (const line of lines) {
    if (isBreak([line])) ended = line.type === 'directive' && line.name === 'column_break' ? ended + 1 : 0;
  }
  return ended;
}

export function isGap(block: Block | undefined): boolean {
  return block?.[0]?.type === 'empty';
}

export function isSameBlock(before: Block, after: Block): boolean {
  return before === after || (before.length === after.length && before.every((line, at) => line === after[at]));
}

export function isSameBlocks(before: readonly Block[], after: readonly Block[]): boolean {
  return before === after || (before.length === after.length && before.every((block, at) => isSameBlock(block, after[at] ?? [])));
}

/**
 * What is drawn of a section's lines, from one break that the song asks for to the next: a break is a run of its own. However many empty lines
 * part two stanzas, they make one gap, and around a break none. Of the directives, only breaks show anything, and {chord} where grips are shown.
 */
export function intoRuns(lines: readonly ChartLine[], hasGrips: boolean): Block[][] {
  const runs: Block[][] = [];
  let run: Block[] = [];
  let gap: Block | null = null;
  const close = (): void => {
    if (run.length > 0) runs.push(run);
    run = [];
    gap = null;
  };
  for (const line of lines) {
    const own = [line];
    if (line.type === 'empty') gap ??= run.length > 0 ? own : null;
    else if (isBreak(own)) {
      close();
      runs.push([own]);
    } else if (line.type !== 'directive' || (hasGrips && line.name === 'chord')) {
      const above = gap === null ? run.at(-1) : undefined;
      if (gap !== null) run.push(gap);
      gap = null;
      if ((line.type === 'tab' || line.type === 'grid') && above?.[0]?.type === line.type) run[run.length - 1] = [...above, line];
      else run.push(own);
    }
  }
  close();
  return runs;
}

/** What stays together on a page or in a column: the blocks up to a gap, which begins the next stanza. */
export function intoStanzas(blocks: readonly Block[]): Block[][] {
  const stanzas: Block[][] = [];
  for (const block of blocks) {
    const stanza = stanzas.at(-1);
    if (stanza === undefined || isGap(block)) stanzas.push([block]);
    else stanza.push(block);
  }
  return stanzas;
}
