/** A part of a song that moves as one: a section with its directives, or the lines between two empty ones. */
export interface SongBlock {
  from: number;
  /** End of the last line, without its line end. */
  to: number;
  /** The opening directive, when there is one. */
  opening: { from: number; to: number } | null;
}

const start = /^\s*\{\s*(?:start_of_(\w+)|so([vcbtg]))(?:-\w+!?)?\s*(?:[:\s][^}]*)?\}\s*$/iu;
/** In these nothing is a directive but the end. */
const verbatim = /^(?:tab|t|abc|ly|svg|textblock)$/iu;
const end = /^\s*\{\s*(?:end_of_\w+|eo[vcbtg])\b/iu;
const onlyDirective = /^\s*(?:\{[^}]*\}?\s*|#.*)$/u;

/** The blocks of a song, in order. Head matter (metadata, remarks) is none. */
export function songBlocks(text: string): SongBlock[] {
  const blocks: SongBlock[] = [];
  let open: SongBlock | null = null;
  let isSection = false;
  let isVerbatim = false;
  let hasWords = false;
  const close = (): void => {
    if (open !== null && (isSection || hasWords)) blocks.push(open);
    open = null;
    isSection = false;
    isVerbatim = false;
    hasWords = false;
  };
  let from = 0;
  for (const line of text.split('\n')) {
    const to = from + line.length - (line.endsWith('\r') ? 1 : 0);
    const content = line.trimEnd();
    const opening = isVerbatim ? null : start.exec(content);
    if (opening !== null) {
      // A section that was not closed ends where the next one starts, as in the chart.
      close();
      open = { from, to, opening: { from, to } };
      isSection = true;
      isVerbatim = verbatim.test(opening[1] ?? opening[2] ?? '');
    } else if (isSection && open !== null) {
      open.to = to;
      if (end.test(content)) close();
    } else if (content === '') {
      close();
    } else if (onlyDirective.test(content)) {
      if (open !== null) open.to = to;
    } else {
      open ??= { from, to, opening: null };
      open.to = to;
      hasWords = true;
    }
    from += line.length + 1;
  }
  close();
  return blocks;
}

export function blockAt(blocks: readonly SongBlock[], offset: number): number {
  return blocks.findIndex(({ from, to }) => from <= offset && offset <= to);
}
