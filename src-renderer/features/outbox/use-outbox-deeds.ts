import type { OutboxItem, SessionPlan } from '../../../shared/ipc/outbox.ts';
import { ask } from '../../app/ask.ts';
import { useBridge } from '../../app/parts.tsx';
import { toFault } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { confirm } from '../../ui/confirm.tsx';
import { sayDone, sayFault } from '../../ui/notices.tsx';
import { itemWords } from './outbox-words.ts';

const words = en.outbox;

export interface OutboxDeeds {
  again(item: OutboxItem): void;
  /** Asks first: it is not done then. */
  drop(item: OutboxItem, onDone?: () => void): void;
  change(id: string, plan: SessionPlan): void;
}

function dropWords(item: OutboxItem): string {
  if (item.is_sent) return words.dropSentConfirm(itemWords(item));
  return item.kind === 'session' ? words.dropSessionConfirm(item.plan.name) : words.dropConfirm(itemWords(item));
}

async function run(deed: () => Promise<unknown>, onDone: () => void): Promise<void> {
  try {
    await deed();
    onDone();
  } catch (error) {
    sayFault(toFault(error));
  }
}

/** What one does with what waits. The list follows by core's event. */
export function useOutboxDeeds(): OutboxDeeds {
  const bridge = useBridge();
  return {
    again: ({ id }) =>
      void run(
        () => ask(bridge, 'outbox.again', { id }),
        () => undefined,
      ),
    drop: (item, onDone) =>
      confirm({
        title: words.title,
        words: dropWords(item),
        confirm: words.drop,
        isGrave: true,
        onConfirm: () =>
          void run(
            () => ask(bridge, 'outbox.drop', { id: item.id }),
            () => {
              sayDone(words.dropped);
              onDone?.();
            },
          ),
      }),
    change: (id, plan) =>
      void run(
        () => ask(bridge, 'outbox.change', { id, plan }),
        () => undefined,
      ),
  };
}
