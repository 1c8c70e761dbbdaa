import type { Anchor, Marker } from '../../shared/ledger/payloads.ts';
import type { SessionWriter } from './session-writer.ts';
import type { TakeBacks } from './take-backs.ts';

/** What a person says in a session: messages, reactions, comments, answers. */
export class OwnWords {
  readonly #writer: SessionWriter;
  readonly #takeBacks: TakeBacks;

  constructor(writer: SessionWriter, takeBacks: TakeBacks) {
    this.#writer = writer;
    this.#takeBacks = takeBacks;
  }

  sendMessage(text: string, replyTo?: string): void {
    this.#writer.say({ type: 'message', text: text.toWellFormed(), reply_to: replyTo ?? null });
  }

  react(messageId: string, emoji: string, isOn: boolean): void {
    this.#writer.say({ type: 'reaction', message: messageId, emoji, is_on: isOn });
  }

  deleteMessage(messageId: string): () => void {
    this.#writer.require('chat');
    return this.#takeBacks.add(messageId, () => this.#writer.may('chat') && this.#writer.say({ type: 'delete', message: messageId }));
  }

  addComment(anchor: Anchor, text: string): void {
    this.#writer.comment({ type: 'add', text: text.toWellFormed(), anchor, reply_to: null });
  }

  reply(commentId: string, text: string): void {
    this.#writer.comment({ type: 'add', text: text.toWellFormed(), anchor: null, reply_to: commentId });
  }

  editComment(commentId: string, text: string): void {
    this.#writer.comment({ type: 'edit', comment: commentId, text: text.toWellFormed() });
  }

  deleteComment(commentId: string): () => void {
    this.#writer.require('comment');
    return this.#takeBacks.add(
      commentId,
      () => this.#writer.may('comment') && this.#writer.comment({ type: 'delete', comment: commentId }),
    );
  }

  addMark(type: Marker['type'], name: string, songId: string | null): void {
    this.#writer.mark({ type, name: name.toWellFormed(), song_id: songId });
  }

  resolve(commentId: string): void {
    this.#writer.comment({ type: 'resolve', comment: commentId });
  }

  reopen(commentId: string): void {
    this.#writer.comment({ type: 'reopen', comment: commentId });
  }
}
