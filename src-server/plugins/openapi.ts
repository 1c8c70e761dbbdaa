import { z } from 'zod';
import type { Operation } from '../../shared/api/operation.ts';
import { apiPrefix, operations } from '../../shared/api/operations.ts';
import { faults } from '../../shared/base/errors.ts';
import { idempotencyKeySchema } from './idempotency.ts';
import { inputTravelsInQuery, pathKeys } from './read-input.ts';
import { version } from '../version.ts';

type Json = Record<string, unknown>;

const lowerCaseUuid = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    target: 'draft-2020-12',
    override({ jsonSchema }) {
      // zod writes an id in lower case as two patterns and a format of its own, which generators of clients stumble over.
      if (jsonSchema.format !== 'lowercase') return;
      delete jsonSchema.allOf;
      Object.assign(jsonSchema, { format: 'uuid', pattern: lowerCaseUuid });
    },
  });
  return rest;
}

const problemSchema = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(Object.keys(faults)),
  detail: z.string(),
  request_id: z.string(),
  errors: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
});

function parameter(name: string, place: 'path' | 'query' | 'header', schema: z.ZodType): Json {
  const isRequired = place === 'path' || (place === 'query' && !schema.safeParse(undefined).success);
  return { name, in: place, required: isRequired, schema: schemaOf(schema, 'input') };
}

function describe(name: string, row: Operation): Json {
  const shape: Record<string, z.ZodType> = row.input.shape;
  const inPath = pathKeys(row.path);
  const rest = Object.keys(shape).filter((key) => !inPath.includes(key));
  const inQuery = inputTravelsInQuery(row) ? rest : [];
  const parameters = [
    ...inPath.map((key) => parameter(key, 'path', shape[key] ?? z.string())),
    ...inQuery.map((key) => parameter(key, 'query', shape[key] ?? z.string())),
    ...(row.method !== 'GET' && row.gate !== 'open' ? [parameter('Idempotency-Key', 'header', idempotencyKeySchema)] : []),
  ];
  const body = z.strictObject(Object.fromEntries(rest.map((key) => [key, shape[key] ?? z.unknown()])));
  const isBodyOptional = body.safeParse({}).success;
  return {
    operationId: name,
    summary: row.summary,
    description: `At most ${row.rate.max} calls in ${row.rate.windowMs / 1000} s ${row.gate === 'open' ? 'an address' : 'a user'}.`,
    security: row.gate === 'open' ? [] : [{ access_token: [] }],
    parameters,
    ...(!inputTravelsInQuery(row) &&
      rest.length > 0 && {
        requestBody: { required: !isBodyOptional, content: { 'application/json': { schema: schemaOf(body, 'input') } } },
      }),
    responses: {
      [row.status]:
        row.status === 204
          ? { description: 'Done.' }
          : { description: 'Done.', content: { 'application/json': { schema: schemaOf(row.output, 'output') } } },
      default: { $ref: '#/components/responses/problem' },
    },
  };
}

/** The API as OpenAPI 3.1, from the same rows as its routes. */
export function buildOpenApi(name: string): Json {
  const paths: Record<string, Json> = {};
  for (const [operationName, row] of Object.entries(operations) as [string, Operation][]) {
    const path = row.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [row.method.toLowerCase()]: describe(operationName, row) };
  }
  return {
    openapi: '3.1.0',
    info: { title: `${name}: ChordMe authority`, version, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: apiPrefix }],
    paths,
    components: {
      securitySchemes: { access_token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      responses: {
        problem: {
          description: 'Refused: RFC 9457 problem details; `code` says why.',
          content: { 'application/problem+json': { schema: schemaOf(problemSchema, 'output') } },
        },
      },
    },
  };
}
