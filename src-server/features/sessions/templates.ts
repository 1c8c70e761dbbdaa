import { Fault } from '../../../shared/base/errors.ts';
import { builtInTemplates, defaultTemplateId, type Template } from '../../../shared/session/templates.ts';
import type { Handlers } from '../handlers.ts';

/** Throws 'unprocessable' for a template that is not there. */
export function templateOf(id: string = defaultTemplateId): Template {
  const template = builtInTemplates.find((candidate) => candidate.id === id);
  if (template === undefined) {
    throw new Fault('unprocessable', undefined, [{ path: 'template_id', message: 'There is no such template.' }]);
  }
  return template;
}

export const templateHandlers: Pick<Handlers, 'listTemplates'> = {
  listTemplates: async () => ({ items: [...builtInTemplates], next_cursor: null }),
};
