/** Characters that one author wrote in a row and that stand in a row. */
export interface Run {
  readonly client: number;
  /** Yjs' number of the first of them. */
  readonly clock: number;
  length: number;
  /** Null: they were taken out; only their places stay. */
  text: string | null;
  block: Block;
}

interface Block {
  readonly order: RunOrder;
  runs: Run[];
  /** Characters that are there. */
  visible: number;
}

/** Looking a place up walks the blocks and then one of them: at this size both are short also in a text of 50,000 runs. */
const runsPerBlock = 128;

export const visibleIn = ({ text, length }: Run): number => (text === null ? 0 : length);

/**
 * The runs of one song's text in their order, so that the place of one is known and another put beside it without walking the text:
 * in blocks, each with the count of its characters.
 */
export class RunOrder {
  readonly songId: string;
  readonly #blocks: Block[] = [];

  constructor(songId: string) {
    this.songId = songId;
  }

  get length(): number {
    return this.#blocks.reduce((sum, { visible }) => sum + visible, 0);
  }

  text(): string {
    return this.#blocks.map(({ runs }) => runs.map(({ text }) => text ?? '').join('')).join('');
  }

  /** How many characters stand before this run. */
  startOf(run: Run): number {
    let start = 0;
    for (const block of this.#blocks) {
      if (block === run.block) break;
      start += block.visible;
    }
    for (const other of run.block.runs) {
      if (other === run) break;
      start += visibleIn(other);
    }
    return start;
  }

  /** @param left null: at the beginning */
  insertAfter(left: Run | null, made: Omit<Run, 'block'>): Run {
    const block = left?.block ?? this.#blocks[0] ?? this.#addBlock(0, []);
    const run = { ...made, block };
    block.runs.splice(left === null ? 0 : block.runs.indexOf(left) + 1, 0, run);
    block.visible += visibleIn(run);
    if (block.runs.length > runsPerBlock) this.#halve(block);
    return run;
  }

  /** What was typed behind a run by its author joins it. */
  extend(run: Run, text: string | null, length: number): void {
    if (run.text !== null && text !== null) {
      run.text += text;
      run.block.visible += length;
    }
    run.length += length;
  }

  /** Parts a run in two; answers the right one. @param offset within the run, above 0 */
  split(run: Run, offset: number): Run {
    const { client, clock, length, text } = run;
    run.block.visible -= visibleIn(run);
    run.length = offset;
    run.text = text?.slice(0, offset) ?? null;
    run.block.visible += visibleIn(run);
    return this.insertAfter(run, { client, clock: clock + offset, length: length - offset, text: text?.slice(offset) ?? null });
  }

  takeOut(run: Run): void {
    run.block.visible -= visibleIn(run);
    run.text = null;
  }

  #addBlock(at: number, runs: Run[]): Block {
    const block: Block = { order: this, runs, visible: runs.reduce((sum, run) => sum + visibleIn(run), 0) };
    for (const run of runs) run.block = block;
    this.#blocks.splice(at, 0, block);
    return block;
  }

  #halve(block: Block): void {
    const moved = block.runs.splice(block.runs.length >> 1);
    this.#addBlock(this.#blocks.indexOf(block) + 1, moved);
    block.visible = block.runs.reduce((sum, run) => sum + visibleIn(run), 0);
  }
}
