import { memo, useMemo, type ReactElement, type ReactNode } from 'react';
import type { ChartLine, CommentLine, Segment } from '../../../../shared/music/chart-model.ts';
import { ChordInPlace } from '../diagrams/chord-in-place.tsx';
import { GridLines } from './grid-view.tsx';
import { marksOfLine } from '../../../../shared/music/style-css.ts';
import { InSight } from './in-sight.tsx';
import { renderLine, type ShowChord } from './line-view.tsx';
import { MonoBlock } from './mono-block.tsx';
import { intoStanzas, isGap, isSameBlock, isSameBlocks, type Block } from './section-blocks.ts';
import { createGroups } from './stable-groups.ts';
import { createKeys } from './stable-keys.ts';
import { Styled } from './styled-words.tsx';

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
      return line.name === 'chord' ? <ChordInPlace value={line.value} /> : null;
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

/** Rough, in em: lines with chords are two. */
function heightOf(lines: readonly ChartLine[]): number {
  return lines.reduce(
    (sum, { type, segments }) => sum + (type === 'lyrics' && segments.some(({ chord }) => chord !== null) ? 2.75 : 1.4),
    0,
  );
}

interface GroupProps {
  blocks: readonly Block[];
  show: ShowChord;
  shape: string | undefined;
}

/** Said by classes: with rules for siblings, a line more or less would have the browser style and lay out all of them again. */
function groupClass(blocks: readonly Block[]): string {
  return `chart-lines${isGap(blocks[0]) ? ' chart-lines-following' : ''}${blocks.length > longestWhole ? ' chart-lines-long' : ''}`;
}

const Group = memo(
  function Group({ blocks, show, shape }: GroupProps): ReactElement {
    const keyed = useMemo(() => createKeys(isSameBlock), []);
    return (
      <InSight className={groupClass(blocks)} style={{ '--chart-lines': heightOf(blocks.flat()) }}>
        {() =>
          keyed(blocks).map(({ key, item: block }) => {
            const first = block[0];
            if (first === undefined) return null;
            if (first.type === 'tab') return <TabLines key={key} lines={block} />;
            if (first.type === 'grid') return <GridLines key={key} lines={block} show={show} shape={shape} />;
            return <Line key={key} line={first} show={show} />;
          })
        }
      </InSight>
    );
  },
  (before, after) => before.show === after.show && before.shape === after.shape && isSameBlocks(before.blocks, after.blocks),
);

/** A stanza of more lines need not stay together. */
const longestWhole = 24;

/** Lines are drawn in groups of at most so many: those in sight cost, the others do not, and a keystroke paints one of them. */
const linesPerGroup = 24;

export interface SectionLinesProps {
  blocks: readonly Block[];
  show: ShowChord;
  /** Of a grid. */
  shape: string | undefined;
  /** In columns and on pages a stanza stays together. */
  isPaged: boolean;
}

/**
 * The lines of a section up to a break. Where nothing is parted they are grouped by their number, and a gap stands among them where a stanza
 * ends: with an element for each stanza, an empty line put into one would have the browser make all lines below it again.
 */
export function SectionLines({ blocks, show, shape, isPaged }: SectionLinesProps): ReactNode {
  const group = useMemo(() => (isPaged ? intoStanzas : createGroups(isSameBlock, linesPerGroup)), [isPaged]);
  const keyed = useMemo(() => createKeys(isSameBlocks), []);
  return keyed(group(blocks)).map(({ key, item }) => <Group key={key} blocks={item} show={show} shape={shape} />);
}
