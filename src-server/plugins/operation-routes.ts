import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Operation } from '../../shared/api/operation.ts';
import { apiPrefix, type OperationName, operations } from '../../shared/api/operations.ts';
import { Fault } from '../../shared/base/errors.ts';
import type { Caller } from '../features/caller.ts';
import type { Handlers } from '../features/handlers.ts';
import { type Idempotency, idempotencyKeySchema } from './idempotency.ts';
import { readInput } from './read-input.ts';

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null;
  }
}

export interface OperationRoutes {
  handlers: Handlers;
  authenticate: (request: FastifyRequest, gate: Operation['gate']) => Caller;
  idempotency: Idempotency;
}

const allMethods = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS'] as const;

/** One route a row of shared/api, in a loop: nothing is reachable that has no row. */
export function registerOperations(app: FastifyInstance, { handlers, authenticate, idempotency }: OperationRoutes): void {
  app.decorateRequest('caller', null);

  for (const name of Object.keys(operations) as OperationName[]) {
    const row: Operation = operations[name];
    // The row's own schema parses the input below; a union of all functions cannot be called.
    const handle = handlers[name] as (input: unknown, caller: Caller) => Promise<unknown>;

    async function answer(request: FastifyRequest, caller: Caller): Promise<unknown> {
      const input = readInput(row, request);
      // Strict on the way out too: a column that is no one's business cannot slip through.
      const workFor = (by: Caller) => async () => row.output.parse(await handle(input, by));
      const header = request.headers['idempotency-key'];
      if (header === undefined || row.method === 'GET' || caller.user_id === null) return workFor(caller)();
      const key = idempotencyKeySchema.safeParse(header);
      if (!key.success)
        throw new Fault('bad-request', undefined, [{ path: 'Idempotency-Key', message: '1 to 128 visible ASCII characters' }]);
      return idempotency.once(caller.user_id, key.data, name, input, workFor({ ...caller, request_key: key.data }));
    }

    app.route({
      method: row.method,
      url: apiPrefix + row.path,
      config: {
        rateLimit: {
          max: row.rate.max,
          timeWindow: row.rate.windowMs,
          ...(row.gate !== 'open' && { keyGenerator: (request: FastifyRequest) => request.caller?.user_id ?? request.ip }),
        },
      },
      // Before the body is read, and before the rate is counted, which is the user's.
      onRequest: async (request) => {
        request.caller = authenticate(request, row.gate);
      },
      handler: async (request, reply) => {
        const output = await answer(request, request.caller ?? { user_id: null, is_admin: false });
        reply.code(row.status).header('cache-control', 'no-store');
        return row.status === 204 ? reply.send() : output;
      },
    });
  }
  refuseOtherMethods(app);
}

/** An address that is known answers 405 with `Allow` to other methods. */
function refuseOtherMethods(app: FastifyInstance): void {
  const methods = new Map<string, Set<string>>();
  for (const row of Object.values(operations) as Operation[]) {
    const known = methods.get(row.path) ?? new Set();
    methods.set(row.path, known.add(row.method));
  }
  for (const [path, known] of methods) {
    const allow = [...known, ...(known.has('GET') ? ['HEAD'] : [])].join(', ');
    app.route({
      method: allMethods.filter((method) => !known.has(method)),
      url: apiPrefix + path,
      config: { rateLimit: false },
      onRequest: async (_request, reply) => {
        reply.header('allow', allow);
        throw new Fault('method-not-allowed');
      },
      handler: async () => null,
    });
  }
}
