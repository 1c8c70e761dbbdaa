import { Fault } from '../../../shared/base/errors.ts';
import { limits } from '../../../shared/base/limits.ts';
import { mayChangeTemplate, templateValuesSchema, type ListedTemplate } from '../../../shared/session/templates.ts';
import type { TemplateRow } from '../../database/schema.ts';
import { timestamp } from '../../deps.ts';
import { userOf } from '../caller.ts';
import type { Handlers } from '../handlers.ts';
import { madeId } from '../made-id.ts';
import type { SessionParts } from '../sessions/parts.ts';
import type { PeopleNames } from '../sessions/people-names.ts';
import { checkBounds } from '../sessions/session-bounds.ts';
import type { TemplateStore } from './template-store.ts';

/** Others' shared templates that one list shows; more would be a library of its own. */
const mostShared = 500;

type TemplateHandlers = Pick<Handlers, 'listTemplates' | 'createTemplate' | 'updateTemplate' | 'deleteTemplate'>;

export function createTemplates(
  parts: Pick<SessionParts, 'db' | 'deps' | 'bounds'>,
  templates: TemplateStore,
  names: PeopleNames,
): TemplateHandlers {
  const { db, deps } = parts;

  const show = (row: TemplateRow, userId: string): ListedTemplate => templates.listed(row, userId, names.person(row.owner_id).name);

  /** One's own. Throws 'forbidden' for one that is shared and others', 'not-found' for what this person does not see. */
  function own(id: string, userId: string): TemplateRow {
    const row = templates.row(id);
    if (row === undefined || (row.owner_id !== userId && row.is_shared === 0)) throw new Fault('not-found');
    if (!mayChangeTemplate({ is_mine: row.owner_id === userId })) throw new Fault('forbidden');
    return row;
  }

  return {
    async listTemplates(_input, caller) {
      const userId = userOf(caller);
      const people = [...templates.of(userId), ...templates.sharedBesides(userId, mostShared)].map((row) => show(row, userId));
      // Sorting keeps the order of those that were used as often.
      const items = [...templates.builtIn(), ...people].toSorted((a, b) => b.uses - a.uses);
      return { items, next_cursor: null };
    },

    async createTemplate({ is_shared, ...values }, caller) {
      const userId = userOf(caller);
      checkBounds(parts.bounds(), values);
      const id = madeId(caller, deps);
      return db.transact(() => {
        const made = templates.row(id);
        if (made !== undefined) return show(made, userId);
        if (templates.of(userId).length >= limits.templatesPerUser) throw new Fault('too-many');
        const row: TemplateRow = {
          id,
          owner_id: userId,
          template_values: JSON.stringify(values),
          is_shared: is_shared ? 1 : 0,
          created_at: timestamp(deps.clock),
        };
        templates.insert(row);
        return show(row, userId);
      });
    },

    async updateTemplate({ id, is_shared, ...change }, caller) {
      const userId = userOf(caller);
      checkBounds(parts.bounds(), change);
      return db.transact(() => {
        const row = own(id, userId);
        const { id: _id, is_built_in: _builtIn, ...before } = templates.templateOf(row);
        const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
        const values = templateValuesSchema.parse({ ...before, ...given });
        const after: TemplateRow = {
          ...row,
          template_values: JSON.stringify(values),
          is_shared: (is_shared ?? row.is_shared === 1) ? 1 : 0,
        };
        templates.update(id, after);
        return show(after, userId);
      });
    },

    async deleteTemplate({ id }, caller) {
      db.transact(() => templates.remove(own(id, userOf(caller)).id));
      return null;
    },
  };
}
