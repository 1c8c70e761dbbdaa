import { useQueryClient } from '@tanstack/react-query';
import type { ListedTemplate } from '../../../shared/session/templates.ts';
import { keys, toFault } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { confirm } from '../../ui/confirm.tsx';
import { sayDone, sayFault, sayUndoable } from '../../ui/notices.tsx';
import { useSessionManagementService } from '../sessions/use-sessions.ts';

const words = en.templates;

export interface TemplateDeeds {
  share(template: ListedTemplate, isShared: boolean): void;
  remove(template: ListedTemplate, onDone?: () => void): void;
}

/** What one does with a template of one's own beside editing it. */
export function useTemplateDeeds(): TemplateDeeds {
  const service = useSessionManagementService();
  const client = useQueryClient();
  const run = async (change: () => Promise<unknown>, onDone: () => void): Promise<void> => {
    try {
      await change();
      await client.invalidateQueries({ queryKey: keys.templates });
      onDone();
    } catch (error) {
      sayFault(toFault(error));
    }
  };
  const set = (id: string, isShared: boolean, onDone: () => void): void =>
    void run(() => service.updateTemplate({ id, is_shared: isShared }), onDone);
  return {
    share: ({ id, name }, isShared) =>
      set(id, isShared, () =>
        sayUndoable(isShared ? words.isShared(name) : words.isUnshared(name), () => set(id, !isShared, () => undefined)),
      ),
    remove: ({ id, name, uses }, onDone) =>
      confirm({
        title: words.title,
        words: words.removeConfirm(name, uses),
        confirm: words.remove,
        isGrave: true,
        onConfirm: () =>
          void run(
            () => service.deleteTemplate({ id }),
            () => {
              sayDone(words.removed(name));
              onDone?.();
            },
          ),
      }),
  };
}
