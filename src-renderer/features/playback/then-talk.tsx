import { Checkbox } from '@mantine/core';
import { Flag, MessageSquareQuote } from 'lucide-react';
import { memo, useEffect, useMemo, useRef, useState, type ReactElement } from 'react';
import type { Playback, Talk } from '../../../shared/playback/playback.ts';
import { en } from '../../text/en.ts';
import { ScrollPane } from '../../ui/scroll-pane.tsx';
import { colorOf, nameOf, type People } from '../history/version-names.ts';
import { clockTime } from '../recordings/clock-time.ts';
import { shortQuote } from '../session/comment-words.ts';
import { saidLines } from './said-lines.ts';

const words = en.playback;

interface ThenTalkProps {
  playback: Playback;
  talk: Talk;
  people: People;
  onSeek: (ms: number) => void;
}

/** Chat, comments and marks as they came; a press brings the moment of one. */
export const ThenTalk = memo(function ThenTalk({ playback, talk, people, onSeek }: ThenTalkProps): ReactElement {
  const [isWhole, showWhole] = useState(false);
  const shown = isWhole ? playback.talkAt(Infinity) : talk;
  const lines = useMemo(() => saidLines(playback, shown), [playback, shown]);
  const come = useMemo(() => new Set(saidLines(playback, talk).map(({ id }) => id)), [playback, talk]);
  const list = useRef<HTMLElement>(null);
  useEffect(() => {
    const pane = list.current;
    // What was said last stays in sight.
    if (pane !== null && !isWhole && lines.length > 0) pane.scrollTop = pane.scrollHeight;
  }, [lines, isWhole]);
  return (
    <>
      <div className="then-head">
        <h2 className="cm-grow">{words.talk}</h2>
        <Checkbox size="xs" label={words.showAll} checked={isWhole} onChange={({ currentTarget }) => showWhole(currentTarget.checked)} />
      </div>
      <ScrollPane className="then-talk" aria-label={words.talk} ref={list}>
        {lines.length === 0 && <p className="then-remark cm-muted">{isWhole ? words.quietWhole : words.quiet}</p>}
        <ol>
          {lines.map(({ id, ms, user_id, text, kind, quote }) => (
            <li key={id}>
              <button type="button" className={come.has(id) ? 'said' : 'said said-later'} onClick={() => onSeek(ms)}>
                <span className="said-time cm-muted">{ms === 0 ? words.before : clockTime(ms)}</span>
                <span className="said-words">
                  <strong style={{ borderColor: colorOf(user_id, people) ?? 'var(--cm-muted)' }}>{nameOf(user_id, people)}</strong>{' '}
                  {kind === 'mark' && <Flag size={12} aria-hidden="true" />}
                  {kind === 'comment' && <MessageSquareQuote size={12} aria-hidden="true" />}{' '}
                  <span className="cm-hidden">{words.kinds[kind]}</span> <span dir="auto">{text}</span>
                  {quote !== null && <span className="cm-muted cm-small said-quote">{words.about(shortQuote(quote))}</span>}
                </span>
              </button>
            </li>
          ))}
        </ol>
      </ScrollPane>
    </>
  );
});
