import { Button } from '@mantine/core';
import { Check, Reply, RotateCcw } from 'lucide-react';
import { memo, useEffect, useRef, useState, type ReactElement } from 'react';
import { limits } from '../../../shared/base/limits.ts';
import type { CommentLine, CommentThread, LiveSession } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import { sayUndoable } from '../../ui/notices.tsx';
import { CommentRemark } from './comment-remark.tsx';
import { shortQuote } from './comment-words.ts';
import { WordsForm } from './words-form.tsx';

export interface CommentRights {
  /** May write comments now. */
  mayComment: boolean;
  /** May change others' too. */
  mayModerate: boolean;
}

interface CardProps extends CommentRights {
  live: LiveSession;
  thread: CommentThread;
  /** Its words are not in the song. */
  isGone: boolean;
  isChosen: boolean;
  onShow: (thread: CommentThread) => void;
}

/** One comment with its answers. */
export const CommentCard = memo(function CommentCard(props: CardProps): ReactElement {
  const { live, thread, isGone, isChosen, mayComment, mayModerate, onShow } = props;
  const [isReplying, setReplying] = useState(false);
  const card = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isChosen) card.current?.scrollIntoView({ block: 'nearest' });
  }, [isChosen]);
  const quote = shortQuote(thread.anchor?.quote ?? '');
  const isMine = (line: CommentLine | null): boolean => mayComment && (mayModerate || line?.is_own === true);
  const remove = (id: string): void => sayUndoable(en.comments.removed, live.deleteComment(id));
  const settle = (): void => {
    if (thread.is_resolved) live.reopen(thread.id);
    else {
      live.resolve(thread.id);
      sayUndoable(en.comments.resolvedNotice, () => live.reopen(thread.id));
    }
  };
  const tools = (
    <>
      {mayComment && !thread.is_resolved && (
        <Button variant="subtle" size="compact-xs" leftSection={<Reply size={13} aria-hidden="true" />} onClick={() => setReplying(true)}>
          {en.comments.reply}
        </Button>
      )}
      {isMine(thread.first) && (
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={thread.is_resolved ? <RotateCcw size={13} aria-hidden="true" /> : <Check size={13} aria-hidden="true" />}
          onClick={settle}
        >
          {thread.is_resolved ? en.comments.reopen : en.comments.resolve}
        </Button>
      )}
    </>
  );
  const remark = (line: CommentLine, isFirst: boolean): ReactElement => (
    <CommentRemark
      key={line.id}
      line={line}
      mayEdit={mayComment && line.is_own}
      mayDelete={isMine(line)}
      onEdit={(text) => live.editComment(line.id, text)}
      onDelete={() => remove(line.id)}
      {...(isFirst ? { tools } : {})}
    />
  );
  return (
    <li ref={card} className={isChosen ? 'comment-card comment-card-chosen' : 'comment-card'} aria-current={isChosen ? 'true' : undefined}>
      {thread.anchor !== null && (
        <button
          type="button"
          className={isGone ? 'comment-quote comment-quote-gone' : 'comment-quote'}
          style={{ borderColor: thread.first?.color ?? 'var(--cm-rule)' }}
          onClick={() => onShow(thread)}
        >
          <q dir="auto">{quote}</q>
        </button>
      )}
      {isGone && <p className="cm-muted cm-small">{en.comments.gone}</p>}
      {thread.first === null ? (
        <div className="remark">
          <p className="cm-muted cm-small">{en.comments.takenBack}</p>
          {mayComment && tools}
        </div>
      ) : (
        remark(thread.first, true)
      )}
      {thread.replies.map((line) => remark(line, false))}
      {isReplying && (
        <WordsForm
          label={en.comments.replyTo(quote)}
          sendLabel={en.comments.sendReply}
          atMost={limits.commentCharacters}
          onCancel={() => setReplying(false)}
          onSend={(text) => {
            setReplying(false);
            live.reply(thread.id, text);
          }}
        />
      )}
    </li>
  );
});
