import { sql } from 'kysely';
import { z } from 'zod';
import { builtInTemplates, type ListedTemplate, templateValuesSchema, type Template } from '../../../shared/session/templates.ts';
import type { Database } from '../../database/open-database.ts';
import type { TemplateRow } from '../../database/schema.ts';

const valuesText = z.string().transform((text) => templateValuesSchema.parse(JSON.parse(text)));

function templateOf(from: TemplateRow): Template {
  return { ...valuesText.parse(from.template_values), id: from.id, is_built_in: false };
}

export type TemplateStore = ReturnType<typeof createTemplateStore>;

/** Built-in templates, and those that people made. */
export function createTemplateStore(db: Database) {
  const usesOf = (id: string): number =>
    db.first(db.query.selectFrom('template_uses').select('uses').where('template_id', '=', id))?.uses ?? 0;
  const row = (id: string): TemplateRow | undefined => db.first(db.query.selectFrom('templates').selectAll().where('id', '=', id));

  return {
    row,
    templateOf,

    /** One that this person may make a session from: built-in, their own, or shared. */
    find(id: string, userId: string): Template | undefined {
      const builtIn = builtInTemplates.find((template) => template.id === id);
      if (builtIn !== undefined) return builtIn;
      const found = row(id);
      return found !== undefined && (found.owner_id === userId || found.is_shared === 1) ? templateOf(found) : undefined;
    },

    listed(from: TemplateRow, userId: string, ownerName: string): ListedTemplate {
      return {
        ...templateOf(from),
        is_shared: from.is_shared === 1,
        is_mine: from.owner_id === userId,
        owner_name: ownerName,
        uses: usesOf(from.id),
      };
    },
    builtIn: (): ListedTemplate[] =>
      builtInTemplates.map((template) => ({
        ...template,
        is_shared: true,
        is_mine: false,
        owner_name: null,
        uses: usesOf(template.id),
      })),

    of: (userId: string): TemplateRow[] =>
      db.all(db.query.selectFrom('templates').selectAll().where('owner_id', '=', userId).orderBy('id')),
    /** Others' shared ones, newest first, as many as a list shows. */
    sharedBesides: (userId: string, most: number): TemplateRow[] =>
      db.all(
        db.query
          .selectFrom('templates')
          .selectAll()
          // Written out, not bound: only so does SQLite see that the partial index serves.
          .where('is_shared', '=', sql.lit(1 as const))
          .where('owner_id', '!=', userId)
          .orderBy('id', 'desc')
          .limit(most),
      ),

    insert(made: TemplateRow): void {
      db.run(db.query.insertInto('templates').values(made));
    },
    update(id: string, change: Pick<TemplateRow, 'template_values' | 'is_shared'>): void {
      db.run(db.query.updateTable('templates').set(change).where('id', '=', id));
    },
    remove(id: string): void {
      db.run(db.query.deleteFrom('templates').where('id', '=', id));
      db.run(db.query.deleteFrom('template_uses').where('template_id', '=', id));
    },
    countUse(id: string): void {
      db.run(
        db.query
          .insertInto('template_uses')
          .values({ template_id: id, uses: 1 })
          .onConflict((conflict) => conflict.column('template_id').doUpdateSet((set) => ({ uses: set('template_uses.uses', '+', 1) }))),
      );
    },
  };
}
