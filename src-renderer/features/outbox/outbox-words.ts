import type { OutboxItem } from '../../../shared/ipc/outbox.ts';
import { en } from '../../text/en.ts';
import { faultWords } from '../../text/fault-words.ts';

export function itemWords(item: OutboxItem): string {
  return item.kind === 'session' ? en.outbox.newSession(item.plan.name) : en.outbox.operations[item.operation](item.about);
}

/** Why it was not done: our words for the reason, and what the server said besides. */
export function refusalWords({ code, detail }: NonNullable<OutboxItem['refusal']>): string {
  const { what, means } = faultWords[code];
  return `${what} ${means} (${detail})`;
}
