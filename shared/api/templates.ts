import { z } from 'zod';
import { uuidSchema } from '../base/ids.ts';
import { listedTemplateSchema, templateValuesSchema } from '../session/templates.ts';
import { minuteMs, operation } from './operation.ts';
import { pageOf } from './page-of.ts';

const twentyAMinute = { max: 20, windowMs: minuteMs };

export const templateOperations = {
  listTemplates: operation({
    method: 'GET',
    path: '/sessions/templates',
    gate: 'user',
    status: 200,
    rate: { max: 60, windowMs: minuteMs },
    summary: 'Templates to make sessions from: built-in, own and shared ones, most used first.',
    input: z.strictObject({}),
    output: pageOf(listedTemplateSchema),
  }),
  createTemplate: operation({
    method: 'POST',
    path: '/sessions/templates',
    gate: 'account',
    status: 201,
    rate: twentyAMinute,
    summary: 'Make a template of one’s own.',
    input: z.strictObject({ ...templateValuesSchema.shape, is_shared: z.boolean().default(false) }),
    output: listedTemplateSchema,
  }),
  updateTemplate: operation({
    method: 'PATCH',
    path: '/sessions/templates/:id',
    gate: 'user',
    status: 200,
    rate: twentyAMinute,
    summary: 'Change a template of one’s own; sessions made from it keep their values.',
    input: z.strictObject({ id: uuidSchema, ...templateValuesSchema.partial().shape, is_shared: z.boolean().optional() }),
    output: listedTemplateSchema,
  }),
  deleteTemplate: operation({
    method: 'DELETE',
    path: '/sessions/templates/:id',
    gate: 'user',
    status: 204,
    rate: twentyAMinute,
    summary: 'Delete a template of one’s own; sessions made from it stay.',
    input: z.strictObject({ id: uuidSchema }),
    output: z.null(),
  }),
} as const;
