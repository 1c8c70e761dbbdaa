import { ActionIcon } from '@mantine/core';
import { X } from 'lucide-react';
import { memo, useLayoutEffect, useMemo, useRef, useState, type ReactElement } from 'react';
import { limits } from '../../../shared/base/limits.ts';
import type { ChatLine, LiveSession } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import { sayUndoable } from '../../ui/notices.tsx';
import { ScrollPane } from '../../ui/scroll-pane.tsx';
import { ChatMessage, type ChatActions } from './chat-message.tsx';
import { shortQuote } from './comment-words.ts';
import { WordsForm } from './words-form.tsx';
import './comments.css';

/** Lines of one person within five minutes stand under one name, unless one answers somebody. */
function continues(line: ChatLine, before: ChatLine | undefined): boolean {
  const isClose = before !== undefined && Math.abs(Date.parse(line.at) - Date.parse(before.at)) < 5 * 60_000;
  return isClose && before.user_id === line.user_id && line.reply_to === null;
}

const Log = memo(function Log({ lines, actions }: { lines: readonly ChatLine[]; actions: ChatActions }): ReactElement {
  const log = useRef<HTMLElement>(null);
  const wasAtEnd = useRef(true);
  useLayoutEffect(() => {
    const element = log.current;
    // Who reads further up stays there.
    if (element !== null && (wasAtEnd.current || lines.at(-1)?.is_own === true)) element.scrollTop = element.scrollHeight;
  }, [lines]);
  return (
    <ScrollPane
      ref={log}
      className="chat-log"
      role="log"
      aria-label={en.chat.log}
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        wasAtEnd.current = scrollHeight - scrollTop - clientHeight < 40;
      }}
    >
      {lines.length === 0 && <p className="chat-empty cm-muted">{en.chat.empty}</p>}
      {lines.map((line, at) => (
        <ChatMessage key={line.id} line={line} isContinued={continues(line, lines[at - 1])} actions={actions} />
      ))}
    </ScrollPane>
  );
});

function Answering({ line, onStop }: { line: ChatLine; onStop: () => void }): ReactElement {
  return (
    <p className="chat-answering cm-small">
      <span className="cm-ellipsis cm-grow">
        <strong>{en.chat.replying(line.name)}</strong> <span className="cm-muted">{shortQuote(line.text)}</span>
      </span>
      <ActionIcon variant="subtle" color="gray" size={24} aria-label={en.chat.noReply} onClick={onStop}>
        <X size={14} aria-hidden="true" />
      </ActionIcon>
    </p>
  );
}

interface ChatPaneProps {
  live: LiveSession;
  lines: readonly ChatLine[];
  /** Why this person cannot write; null when they can. */
  whyNot: string | null;
  mayModerate: boolean;
}

/** What is said beside the music. */
export function ChatPane({ live, lines, whyNot, mayModerate }: ChatPaneProps): ReactElement {
  const [answered, setAnswered] = useState<ChatLine | null>(null);
  const pane = useRef<HTMLDivElement>(null);
  const mayWrite = whyNot === null;
  const actions = useMemo(
    (): ChatActions => ({
      answer: mayWrite
        ? (line) => {
            setAnswered(line);
            pane.current?.querySelector('textarea')?.focus();
          }
        : null,
      react: mayWrite ? (id, emoji, isOn) => live.react(id, emoji, isOn) : null,
      remove: (id) => sayUndoable(en.chat.removed, live.deleteMessage(id)),
      show: (id) => pane.current?.querySelector(`[data-message="${CSS.escape(id)}"]`)?.scrollIntoView({ block: 'nearest' }),
      mayModerate,
    }),
    [live, mayWrite, mayModerate],
  );
  // Taken back by now.
  const answering = lines.some(({ id }) => id === answered?.id) ? answered : null;
  return (
    <div className="chat" ref={pane}>
      <Log lines={lines} actions={actions} />
      {whyNot === null ? (
        <>
          {answering !== null && <Answering line={answering} onStop={() => setAnswered(null)} />}
          <WordsForm
            label={en.chat.message}
            placeholder={en.chat.placeholder}
            sendLabel={en.chat.send}
            atMost={limits.chatCharacters}
            onSend={(text) => {
              live.sendMessage(text, answering?.id);
              setAnswered(null);
            }}
          />
        </>
      ) : (
        <p className="chat-closed cm-muted cm-small">{whyNot}</p>
      )}
    </div>
  );
}
