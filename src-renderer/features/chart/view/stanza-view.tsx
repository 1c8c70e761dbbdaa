import { memo, useMemo, type ReactElement, type ReactNode } from 'react';
import type { ChartLine, CommentLine, Segment } from '../../../../shared/music/chart-model.ts';
import { ChordInPlace } from '../diagrams/chord-in-place.tsx';
import { GridLines } from './grid-view.tsx';
import { marksOfLine } from '../../../../shared/music/style-css.ts';
import { renderLine, type ShowChord } from './line-view.tsx';
import { MonoBlock } from './mono-block.tsx';
import { createGroups } from './stable-groups.ts';
import { createKeys } from './stable-keys.ts';
import { Styled } from './styled-words.tsx';

export interface StanzaProps {
  lines: readonly ChartLine[];
  show: ShowChord;
  /** Of a grid. */
  shape?: string | undefined;
  /** Below another one, with a gap between them. */
  isFollowing: boolean;
}

const commentClasses: Record<CommentLine['style'], string> = {
  plain: 'chart-remark',
  italic: 'chart-remark chart-remark-italic',
  box: 'chart-remark chart-remark-box',
  highlight: 'chart-remark chart-remark-highlight',
};

function Words({ segments }: { segments: readonly Segment[] }): ReactElement {
  return <Styled text={segments.map(({ lyrics }) => lyrics).join('')} start={0} marks={marksOfLine(segments)} />;
}

/** One line; drawn anew only when it is another one. The engine gives an unchanged line as the same object. */
const Line = memo(function Line({ line, show }: { line: ChartLine; show: ShowChord }): ReactElement | null {
  switch (line.type) {
    case 'lyrics':
      return renderLine(line.segments, show, line.look);
    case 'comment': {
      const hasChords = line.segments.some((segment) => segment.chord !== null || segment.kind === 'annotation');
      const words = hasChords ? renderLine(line.segments, show) : <Words segments={line.segments} />;
      return <div className={commentClasses[line.style]}>{words}</div>;
    }
    case 'image':
      // Never loaded: an address in a song that others wrote would tell its owner who reads it.
      return <div className="chart-remark chart-remark-italic">{line.attributes['title'] ?? line.attributes['src'] ?? ''}</div>;
    case 'directive':
      if (line.name === 'chord') return <ChordInPlace value={line.value} />;
      if (line.name === 'column_break') return <div className="chart-column-break" />;
      if (line.name === 'new_page' || line.name === 'new_physical_page') return <div className="chart-page-break" />;
      return null;
    case 'empty':
      return <div className="chart-gap" />;
    case 'tab':
    case 'grid':
      return null;
    default:
      return line satisfies never;
  }
});

function TabLines({ lines }: { lines: readonly ChartLine[] }): ReactElement {
  const texts = lines.map((line) => line.segments.map((segment) => segment.lyrics).join(''));
  const longest = texts.reduce((most, text) => Math.max(most, text.length), 1);
  return (
    <MonoBlock letters={longest} words={lines[0]?.look?.words}>
      {texts.join('\n')}
    </MonoBlock>
  );
}

/** Lines of a tab or a grid stay together in one block. */
function intoBlocks(lines: readonly ChartLine[]): ChartLine[][] {
  const blocks: ChartLine[][] = [];
  for (const line of lines) {
    const block = blocks.at(-1);
    const isVerbatim = line.type === 'tab' || line.type === 'grid';
    if (isVerbatim && block !== undefined && block[0]?.type === line.type) block.push(line);
    else blocks.push([line]);
  }
  return blocks;
}

/** More lines than fit a page need not stay together; they are drawn in groups of so many at most. */
const longestWhole = 24;

/** A column or page break; of the directives, only {chord} stands with other lines. */
export function isBreak(lines: readonly ChartLine[] | undefined): boolean {
  return lines?.[0]?.type === 'directive' && lines[0].name !== 'chord';
}

/** Said by classes: with a rule for siblings, one stanza more or less would have the browser style and lay out all of them again. */
function stanzaClass(lines: readonly ChartLine[], isFollowing: boolean): string {
  if (isBreak(lines)) return 'chart-stanza chart-stanza-break';
  const following = isFollowing ? ' chart-stanza-following' : '';
  return `chart-stanza${following}${lines.length > longestWhole ? ' chart-stanza-long' : ''}`;
}

export function isSameLines(before: readonly ChartLine[], after: readonly ChartLine[]): boolean {
  return before === after || (before.length === after.length && before.every((line, at) => line === after[at]));
}

/** Rough, in em: lines with chords are two. */
function heightOf(lines: readonly ChartLine[]): number {
  return lines.reduce(
    (sum, { type, segments }) => sum + (type === 'lyrics' && segments.some(({ chord }) => chord !== null) ? 2.75 : 1.4),
    0,
  );
}

interface BlocksProps extends Pick<StanzaProps, 'show' | 'shape'> {
  blocks: readonly (readonly ChartLine[])[];
}

function Blocks({ blocks, show, shape }: BlocksProps): ReactNode {
  const keyed = useMemo(() => createKeys(isSameLines), []);
  return keyed(blocks).map(({ key, item: block }) => {
    const first = block[0];
    if (first === undefined) return null;
    if (first.type === 'tab') return <TabLines key={key} lines={block} />;
    if (first.type === 'grid') return <GridLines key={key} lines={block} show={show} shape={shape} />;
    return <Line key={key} line={first} show={show} />;
  });
}

/** Some lines of a long stanza, so that those in sight cost and the others do not. */
const Lines = memo(function Lines(props: BlocksProps): ReactElement {
  return (
    <div className="chart-lines" style={{ '--chart-lines': heightOf(props.blocks.flat()) }}>
      <Blocks {...props} />
    </div>
  );
});

function LongStanza({ blocks, show, shape }: BlocksProps): ReactNode {
  const group = useMemo(() => createGroups(isSameLines, longestWhole), []);
  const keyed = useMemo(() => createKeys((one: BlocksProps['blocks'], other: BlocksProps['blocks']) => one === other), []);
  return keyed(group(blocks)).map(({ key, item }) => <Lines key={key} blocks={item} show={show} shape={shape} />);
}

/** What is kept together on a page or in a column: the lines up to an empty one. */
export const Stanza = memo(
  function Stanza({ lines, show, shape, isFollowing }: StanzaProps): ReactElement {
    const blocks = intoBlocks(lines);
    const Content = blocks.length > longestWhole ? LongStanza : Blocks;
    return (
      <div className={stanzaClass(lines, isFollowing)} style={{ '--chart-lines': heightOf(lines) }}>
        <Content blocks={blocks} show={show} shape={shape} />
      </div>
    );
  },
  (before, after) =>
    before.show === after.show &&
    before.shape === after.shape &&
    before.isFollowing === after.isFollowing &&
    isSameLines(before.lines, after.lines),
);
