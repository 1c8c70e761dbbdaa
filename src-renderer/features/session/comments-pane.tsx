import type { ReactElement } from 'react';
import { limits } from '../../../shared/base/limits.ts';
import type { CommentThread, LiveSession, SetlistItem } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import { ScrollPane } from '../../ui/scroll-pane.tsx';
import { CommentCard, type CommentRights } from './comment-card.tsx';
import { shortQuote } from './comment-words.ts';
import type { Commenting } from './use-commenting.ts';
import { WordsForm } from './words-form.tsx';
import './comments.css';

interface ListProps extends CommentRights {
  live: LiveSession;
  label: string;
  threads: readonly CommentThread[];
  gone: ReadonlySet<string>;
  commenting: Commenting;
}

function CommentList({ live, label, threads, gone, commenting, mayComment, mayModerate }: ListProps): ReactElement {
  return (
    <ul className="comment-list" aria-label={label}>
      {threads.map((thread) => (
        <CommentCard
          key={thread.id}
          live={live}
          thread={thread}
          isGone={gone.has(thread.id)}
          isChosen={commenting.chosen === thread.id}
          mayComment={mayComment}
          mayModerate={mayModerate}
          onShow={commenting.show}
        />
      ))}
    </ul>
  );
}

interface CommentsPaneProps {
  live: LiveSession;
  threads: readonly CommentThread[];
  gone: ReadonlySet<string>;
  current: SetlistItem | null;
  commenting: Commenting;
  mayModerate: boolean;
}

/** Comments on the song in front, then those on others; what is settled is folded away. */
export function CommentsPane({ live, threads, gone, current, commenting, mayModerate }: CommentsPaneProps): ReactElement {
  const { draft, whyNot } = commenting;
  const songId = current?.song_id ?? null;
  const open = threads.filter((thread) => !thread.is_resolved);
  const here = open.filter((thread) => thread.anchor?.song_id === songId);
  const elsewhere = open.filter((thread) => thread.anchor?.song_id !== songId);
  const resolved = threads.filter((thread) => thread.is_resolved);
  const list = { live, gone, commenting, mayComment: whyNot === null, mayModerate };
  return (
    <div className="comments">
      <ScrollPane className="comments-scroll" aria-label={en.comments.title}>
        {draft !== null && whyNot === null && (
          <section className="comment-card comment-card-chosen" aria-label={en.comments.new}>
            <p className="comment-quote">
              <q dir="auto">{shortQuote(draft.quote)}</q>
            </p>
            <WordsForm
              // A new beginning takes the focus again.
              key={JSON.stringify(draft)}
              label={en.comments.about(shortQuote(draft.quote))}
              placeholder={en.comments.placeholder}
              sendLabel={en.comments.send}
              atMost={limits.commentCharacters}
              onCancel={commenting.cancel}
              onSend={commenting.send}
            />
          </section>
        )}
        {here.length > 0 && <CommentList {...list} label={en.comments.here} threads={here} />}
        {elsewhere.length > 0 && (
          <>
            <h3 className="comments-head cm-small cm-muted">{en.comments.elsewhere}</h3>
            <CommentList {...list} label={en.comments.elsewhere} threads={elsewhere} />
          </>
        )}
        {threads.length === 0 && draft === null && <p className="chat-empty cm-muted">{en.comments.empty}</p>}
        {resolved.length > 0 && (
          <details className="comments-resolved">
            <summary>{en.comments.resolved(resolved.length)}</summary>
            <CommentList {...list} label={en.comments.resolved(resolved.length)} threads={resolved} />
          </details>
        )}
      </ScrollPane>
      {whyNot !== null && <p className="chat-closed cm-muted cm-small">{whyNot}</p>}
    </div>
  );
}
