import { ActionIcon, Menu } from '@mantine/core';
import { CornerUpLeft, Reply, SmilePlus, Trash2 } from 'lucide-react';
import { memo, type ReactElement } from 'react';
import type { ChatLine } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import { PersonBadge } from '../../ui/person-badge.tsx';
import { shortQuote } from './comment-words.ts';
import { reactions } from './reactions.ts';

/** What one may do with messages. */
export interface ChatActions {
  /** Null: this person may not write. */
  answer: ((line: ChatLine) => void) | null;
  react: ((id: string, emoji: string, isOn: boolean) => void) | null;
  remove: (id: string) => void;
  /** Brings a message into sight. */
  show: (id: string) => void;
  mayModerate: boolean;
}

function clockTime(at: string): string {
  return new Date(at).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
}

function Answered({ to, onShow }: { to: NonNullable<ChatLine['reply_to']>; onShow: (id: string) => void }): ReactElement {
  if (to === 'gone') return <p className="chat-answered cm-muted cm-small">{en.chat.gone}</p>;
  return (
    <button
      type="button"
      className="chat-answered cm-muted cm-small"
      aria-label={en.chat.showAnswered(to.name)}
      onClick={() => onShow(to.id)}
    >
      <CornerUpLeft size={12} aria-hidden="true" />
      <span className="cm-ellipsis">
        <strong>{to.name}</strong> {shortQuote(to.text)}
      </span>
    </button>
  );
}

function Reactions({ line, actions }: { line: ChatLine; actions: ChatActions }): ReactElement | null {
  if (line.reactions.length === 0) return null;
  return (
    <span className="chat-reactions">
      {line.reactions.map(({ emoji, names, is_own: isOwn }) => {
        const known = reactions.find((reaction) => reaction.emoji === emoji);
        return (
          <button
            key={emoji}
            type="button"
            className="chat-reaction"
            aria-pressed={isOwn}
            aria-label={en.chat.reacted(known?.words ?? emoji, names)}
            title={names.join(', ')}
            disabled={actions.react === null}
            onClick={() => actions.react?.(line.id, emoji, !isOwn)}
          >
            {known === undefined ? <span className="chat-emoji cm-ellipsis">{emoji}</span> : <known.Icon size={15} aria-hidden="true" />}
            {names.length}
          </button>
        );
      })}
    </span>
  );
}

function Tools({ line, actions }: { line: ChatLine; actions: ChatActions }): ReactElement | null {
  const { answer, react, remove, mayModerate } = actions;
  const mayRemove = react !== null && (line.is_own || mayModerate);
  if (answer === null || react === null) return null;
  return (
    <span className="chat-tools">
      <Menu position="bottom-end" withinPortal shadow="md">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={28} aria-label={en.chat.react(line.name)}>
            <SmilePlus size={15} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {reactions.map(({ emoji, words, Icon }) => (
            <Menu.Item key={emoji} aria-label={words} title={words} onClick={() => react(line.id, emoji, true)}>
              <Icon size={18} aria-hidden="true" />
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <ActionIcon variant="subtle" color="gray" size={28} aria-label={en.chat.reply(line.name)} onClick={() => answer(line)}>
        <Reply size={15} aria-hidden="true" />
      </ActionIcon>
      {mayRemove && (
        <ActionIcon variant="subtle" color="gray" size={28} aria-label={en.chat.remove(line.name)} onClick={() => remove(line.id)}>
          <Trash2 size={15} aria-hidden="true" />
        </ActionIcon>
      )}
    </span>
  );
}

interface ChatMessageProps {
  line: ChatLine;
  /** Stands under the name above it. */
  isContinued: boolean;
  actions: ChatActions;
}

/** One message of the chat, with what one may do with it. */
export const ChatMessage = memo(function ChatMessage({ line, isContinued, actions }: ChatMessageProps): ReactElement {
  return (
    <div className={isContinued ? 'chat-line chat-continued' : 'chat-line'} data-message={line.id}>
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
        {line.reply_to !== null && <Answered to={line.reply_to} onShow={actions.show} />}
        <p className="chat-text" dir="auto">
          {line.text}
          {line.is_pending && <span className="cm-muted cm-small chat-pending"> · {en.chat.pending}</span>}
        </p>
        <Reactions line={line} actions={actions} />
      </div>
      <Tools line={line} actions={actions} />
    </div>
  );
});
