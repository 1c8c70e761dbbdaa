import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { en } from '../../text/en.ts';
import { ScrollPane } from '../../ui/scroll-pane.tsx';
import type { People } from '../history/version-names.ts';
import { SaidLine, saidLinePixels } from './said-line.tsx';
import type { SaidThen } from './said-lines.ts';

const words = en.playback;

/** Lines above and below what is in sight: a flick of the wheel shows no gap. */
const spareLines = 8;

interface WholeTalkProps {
  lines: readonly SaidThen[];
  isLater: (line: SaidThen) => boolean;
  people: People;
  onSeek: (ms: number) => void;
}

/** All that is said in the recording. Of many lines those near to what is in sight are in the page. */
export function WholeTalk({ lines, isLater, people, onSeek }: WholeTalkProps): ReactElement {
  const list = useRef<HTMLElement>(null);
  // What it answers goes to nothing that is memoized.
  // oxlint-disable-next-line react/incompatible-library
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => list.current,
    estimateSize: () => saidLinePixels,
    getItemKey: (at) => lines[at]?.id ?? at,
    overscan: spareLines,
  });
  const [lastSaid] = useState(() => lines.findLastIndex((line) => !isLater(line)));
  useEffect(() => {
    // As it was before those that come later were shown.
    if (lastSaid >= 0) rows.scrollToIndex(lastSaid, { align: 'end' });
  }, [rows, lastSaid]);
  return (
    <ScrollPane className="then-talk" aria-label={words.talk} ref={list}>
      {lines.length === 0 && <p className="then-remark cm-muted">{words.quietWhole}</p>}
      <ol className="then-talk-rows" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start, key }) => {
          const line = lines[index];
          return (
            line !== undefined && (
              <SaidLine
                key={key}
                ref={rows.measureElement}
                line={line}
                isLater={isLater(line)}
                people={people}
                onSeek={onSeek}
                place={index}
                count={lines.length}
                offset={start}
              />
            )
          );
        })}
      </ol>
    </ScrollPane>
  );
}
