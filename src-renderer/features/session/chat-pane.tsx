import { ActionIcon, Textarea } from '@mantine/core';
import { SendHorizontal } from 'lucide-react';
import { memo, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { limits } from '../../../shared/base/limits.ts';
import type { ChatLine } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import { ScrollPane } from '../../ui/scroll-pane.tsx';
import { PersonBadge } from '../../ui/person-badge.tsx';

function clockTime(at: string): string {
  return new Date(at).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
}

/** Lines of one person within five minutes stand under one name. */
function continues(line: ChatLine, before: ChatLine | undefined): boolean {
  return before?.user_id === line.user_id && Math.abs(Date.parse(line.at) - Date.parse(before.at)) < 5 * 60_000;
}

const Line = memo(function Line({ line, isContinued }: { line: ChatLine; isContinued: boolean }): ReactElement {
  return (
    <div className={isContinued ? 'chat-line chat-continued' : 'chat-line'}>
      {isContinued ? <span className="chat-gap" /> : <PersonBadge name={line.name} color={line.color} size={24} />}
      <div className="chat-words">
        {!isContinued && (
          <p className="chat-author">
            <strong>{line.name}</strong>{' '}
            <time className="cm-muted cm-small" dateTime={line.at} title={new Date(line.at).toLocaleString()}>
              {clockTime(line.at)}
            </time>
          </p>
        )}
        <p className="chat-text" dir="auto">
          {line.text}
          {line.is_pending && <span className="cm-muted cm-small chat-pending"> · {en.chat.pending}</span>}
        </p>
      </div>
    </div>
  );
});

const Log = memo(function Log({ lines }: { lines: readonly ChatLine[] }): ReactElement {
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
        <Line key={line.id} line={line} isContinued={continues(line, lines[at - 1])} />
      ))}
    </ScrollPane>
  );
});

interface ChatPaneProps {
  lines: readonly ChatLine[];
  /** Why this person cannot write; null when they can. */
  whyNot: string | null;
  onSend: (text: string) => void;
}

/** What is said beside the music. Enter and Ctrl/Cmd Enter send, Shift Enter begins a new line. */
export function ChatPane({ lines, whyNot, onSend }: ChatPaneProps): ReactElement {
  const [text, setText] = useState('');
  const send = (): void => {
    const said = text.trim();
    if (said === '') return;
    onSend(said);
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Enter that ends the composition of a character sends nothing.
    if (event.key !== 'Enter' || event.shiftKey || event.altKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <div className="chat">
      <Log lines={lines} />
      {whyNot === null ? (
        <form
          className="chat-form"
          onSubmit={(event) => {
            event.preventDefault();
            send();
          }}
        >
          <Textarea
            className="cm-grow"
            aria-label={en.chat.message}
            placeholder={en.chat.placeholder}
            autosize
            minRows={1}
            maxRows={5}
            maxLength={limits.chatCharacters}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={onKeyDown}
          />
          <ActionIcon type="submit" size={36} aria-label={en.chat.send} disabled={text.trim() === ''}>
            <SendHorizontal size={17} aria-hidden="true" />
          </ActionIcon>
        </form>
      ) : (
        <p className="chat-closed cm-muted cm-small">{whyNot}</p>
      )}
    </div>
  );
}
