import { Flag, MessageSquareQuote } from 'lucide-react';
import { memo, type ReactElement, type Ref } from 'react';
import { en } from '../../text/en.ts';
import { colorOf, nameOf, type People } from '../history/version-names.ts';
import { clockTime } from '../recordings/clock-time.ts';
import { shortQuote } from '../session/comment-words.ts';
import type { SaidThen } from './said-lines.ts';

const words = en.playback;

/** The height of a line of few words; none is lower. */
export const saidLinePixels = 32;

interface SaidLineProps {
  line: SaidThen;
  /** It comes after the moment that is shown. */
  isLater: boolean;
  people: People;
  onSeek: (ms: number) => void;
  place: number;
  count: number;
  /** Of its upper edge in the list, in pixels; left out: below the line before it. */
  offset?: number;
  ref?: Ref<HTMLLIElement>;
}

/** Something that was said; a press brings its moment. */
export const SaidLine = memo(function SaidLine({ line, isLater, people, onSeek, place, count, offset, ref }: SaidLineProps): ReactElement {
  const { ms, user_id, text, kind, quote } = line;
  return (
    <li
      ref={ref}
      style={offset === undefined ? undefined : { transform: `translateY(${offset}px)` }}
      data-index={place}
      aria-posinset={place + 1}
      aria-setsize={count}
    >
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
