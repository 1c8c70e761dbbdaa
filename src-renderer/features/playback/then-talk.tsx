import { Checkbox } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Flag, MessageSquareQuote } from 'lucide-react';
import { memo, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState, type ReactElement, type Ref } from 'react';
import { lastWhere } from '../../../shared/playback/last-where.ts';
import type { Moment } from '../../../shared/playback/playhead.ts';
import type { Playback } from '../../../shared/playback/playback.ts';
import type { Session } from '../../../shared/session/schemas.ts';
import { en } from '../../text/en.ts';
import { ScrollPane } from '../../ui/scroll-pane.tsx';
import { colorOf, nameOf, type People } from '../history/version-names.ts';
import { clockTime } from '../recordings/clock-time.ts';
import { shortQuote } from '../session/comment-words.ts';
import { roleLabel } from '../session/session-rights.ts';
import type { Player, PlayerState } from './player.ts';
import { saidLines, type SaidThen } from './said-lines.ts';
import { usePlayer } from './use-player.ts';

const words = en.playback;

/** Of a line of few words. */
const linePixels = 32;
/** Lines above and below what is in sight: a flick of the wheel shows no gap. */
const spareLines = 8;

interface SaidLineProps {
  line: SaidThen;
  /** It comes after the moment that is shown. */
  isLater: boolean;
  people: People;
  onSeek: (ms: number) => void;
  place: number;
  count: number;
  /** Of its upper edge in the list, in pixels. */
  offset: number;
  ref: Ref<HTMLLIElement>;
}

const SaidLine = memo(function SaidLine({ line, isLater, people, onSeek, place, count, offset, ref }: SaidLineProps): ReactElement {
  const { ms, user_id, text, kind, quote } = line;
  return (
    <li ref={ref} style={{ transform: `translateY(${offset}px)` }} data-index={place} aria-posinset={place + 1} aria-setsize={count}>
      <button type="button" className={isLater ? 'said said-later' : 'said'} onClick={() => onSeek(ms)}>
        <span className="said-time cm-muted">{ms === 0 ? words.before : clockTime(ms)}</span>
        <span className="said-words">
          <strong style={{ borderColor: colorOf(user_id, people) ?? 'var(--cm-muted)' }}>{nameOf(user_id, people)}</strong>{' '}
          {kind === 'mark' && <Flag size={12} aria-hidden="true" />}
          {kind === 'comment' && <MessageSquareQuote size={12} aria-hidden="true" />} <span className="cm-hidden">{words.kinds[kind]}</span>{' '}
          <span dir="auto">{text}</span>
          {quote !== null && <span className="cm-muted cm-small said-quote">{words.about(shortQuote(quote))}</span>}
        </span>
      </button>
    </li>
  );
});

/** How much had been said, and how many roles were given. */
interface Reached {
  n: number;
  roles: number;
}
const all: Reached = { n: Infinity, roles: Infinity };

const reachedAt = (playback: Playback, { n, ms }: Moment): Reached => ({
  n: playback.saidBy(n),
  roles: lastWhere(playback.newRoles, (one) => one.ms <= ms) + 1,
});

function isLater({ n, ms }: SaidThen, then: Reached, { newRoles }: Playback): boolean {
  return n === null ? ms > (newRoles[then.roles - 1]?.ms ?? -1) : n > then.n;
}

interface ThenTalkProps {
  player: Player;
  /** Null: not known here; roles have their plain names. */
  session: Session | null;
  people: People;
}

/** Chat, comments, marks and new roles as they came; a press brings the moment of one. Of many lines those near to what is in sight are in the page. */
export function ThenTalk({ player, session, people }: ThenTalkProps): ReactElement {
  const { playback, seek } = player;
  const [isWhole, showWhole] = useState(false);
  const then = useDeferredValue(
    usePlayer(
      player,
      useCallback(({ moment }: PlayerState) => reachedAt(playback, moment), [playback]),
    ),
  );
  const lines = useMemo(() => {
    const until = isWhole ? all : then;
    const newRoles = playback.newRoles.slice(0, until.roles);
    return saidLines(playback, playback.talkAt(until.n), newRoles, (role) => words.became(roleLabel(role, session)));
  }, [playback, isWhole, then, session]);
  const list = useRef<HTMLElement>(null);
  // What it answers goes to nothing that is memoized.
  // oxlint-disable-next-line react/incompatible-library
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => list.current,
    estimateSize: () => linePixels,
    getItemKey: (at) => lines[at]?.id ?? at,
    overscan: spareLines,
  });
  useEffect(() => {
    // What was said last stays in sight.
    if (!isWhole && lines.length > 0) rows.scrollToIndex(lines.length - 1, { align: 'end' });
  }, [rows, lines, isWhole]);
  return (
    <>
      <div className="then-head">
        <h2 className="cm-grow">{words.talk}</h2>
        <Checkbox size="xs" label={words.showAll} checked={isWhole} onChange={({ currentTarget }) => showWhole(currentTarget.checked)} />
      </div>
      <ScrollPane className="then-talk" aria-label={words.talk} ref={list}>
        {lines.length === 0 && <p className="then-remark cm-muted">{isWhole ? words.quietWhole : words.quiet}</p>}
        <ol style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start, key }) => {
            const line = lines[index];
            return (
              line !== undefined && (
                <SaidLine
                  key={key}
                  ref={rows.measureElement}
                  line={line}
                  isLater={isLater(line, then, playback)}
                  people={people}
                  onSeek={seek}
                  place={index}
                  count={lines.length}
                  offset={start}
                />
              )
            );
          })}
        </ol>
      </ScrollPane>
    </>
  );
}
