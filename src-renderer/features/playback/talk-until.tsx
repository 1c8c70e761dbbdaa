import { useEffect, useLayoutEffect, useRef, useState, type ReactElement } from 'react';
import { en } from '../../text/en.ts';
import { ScrollPane } from '../../ui/scroll-pane.tsx';
import type { People } from '../history/version-names.ts';
import { SaidLine, saidLinePixels } from './said-line.tsx';
import type { SaidThen } from './said-lines.ts';

const words = en.playback;

/** Lines above what is in sight. */
const spareLines = 8;
/** Nearer than this to the first line that is in the page, earlier ones are put in. */
const nearPixels = 200;

/** So many at once. */
const linesMore = 40;

interface TalkUntilProps {
  /** All that had been said. */
  lines: readonly SaidThen[];
  people: People;
  onSeek: (ms: number) => void;
}

/**
 * What had been said, read from its end: the page has the last lines, and earlier ones when one scrolls up to them. The pane is laid out
 * from below, so that the last line is in sight without anything being measured.
 */
export function TalkUntil({ lines, people, onSeek }: TalkUntilProps): ReactElement {
  const [height, setHeight] = useState(window.innerHeight);
  const [scrolled, setScrolled] = useState({ lines, more: 0 });
  const more = scrolled.lines === lines ? scrolled.more : 0;
  const first = Math.max(0, lines.length - Math.ceil(height / saidLinePixels) - spareLines - more);
  const list = useRef<HTMLElement>(null);
  const isScrolled = useRef(false);
  useEffect(() => {
    const observer = new ResizeObserver(([pane]) => pane !== undefined && setHeight(pane.contentRect.height));
    if (list.current !== null) observer.observe(list.current);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    // Only where one had scrolled: the browser lays the page out for it.
    if (lines.length > 0 && isScrolled.current && list.current !== null) list.current.scrollTop = 0;
    isScrolled.current = false;
  }, [lines]);
  const onScroll = (): void => {
    if (list.current === null) return;
    // Counted from below, and less than 0.
    const { scrollTop, scrollHeight, clientHeight } = list.current;
    isScrolled.current = scrollTop < 0;
    if (first > 0 && scrollHeight - clientHeight + scrollTop < nearPixels) setScrolled({ lines, more: more + linesMore });
  };
  return (
    <ScrollPane className="then-talk then-talk-until" aria-label={words.talk} ref={list} onScroll={onScroll}>
      {lines.length === 0 ? (
        <p className="then-remark cm-muted">{words.quiet}</p>
      ) : (
        <ol>
          {lines.slice(first).map((line, at) => (
            <SaidLine key={line.id} line={line} isLater={false} people={people} onSeek={onSeek} place={first + at} count={lines.length} />
          ))}
        </ol>
      )}
    </ScrollPane>
  );
}
