import { useQueryClient } from '@tanstack/react-query';
import type { ListedTemplate } from '../../../shared/session/templates.ts';
import { keys, toFault } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { confirm } from '../../ui/confirm.tsx';
import { sayDone, sayFault, sayUndoable } from '../../ui/notices.tsx';
import { useSend } from '../outbox/use-outbox.ts';

const words = en.templates;

export interface TemplateDeeds {
  share(template: ListedTemplate, isShared: boolean): void;
  remove(template: ListedTemplate, onDone?: () => void): void;
}

/** What one does with a template of one's own beside editing it. */
export function useTemplateDeeds(): TemplateDeeds {
  const send = useSend();
  const client = useQueryClient();
  const run = async (change: () => Promise<{ isDone: boolean }>, onDone: () => void): Promise<void> => {
    try {
      const { isDone } = await change();
      await client.invalidateQueries({ queryKey: keys.templates });
      if (isDone) onDone();
    } catch (error) {
      sayFault(toFault(error));
    }
  };
  const set = ({ id, name }: ListedTemplate, isShared: boolean, onDone: () => void): void =>
    void run(() => send('updateTemplate', { id, is_shared: isShared }, name), onDone);
  return {
    share: (template, isShared) =>
      set(template, isShared, () =>
        sayUndoable(isShared ? words.isShared(template.name) : words.isUnshared(template.name), () =>
          set(template, !isShared, () => undefined),
        ),
      ),
    remove: ({ id, name, uses }, onDone) =>
      confirm({
        title: words.title,
        words: words.removeConfirm(name, uses),
        confirm: words.remove,
        isGrave: true,
        onConfirm: () =>
          void run(
            () => send('deleteTemplate', { id }, name),
            () => {
              sayDone(words.removed(name));
              onDone?.();
            },
          ),
      }),
  };
}
