import type { FastifyInstance } from 'fastify';
import { apiPrefix } from '../../shared/api/operations.ts';
import type { Database } from '../database/open-database.ts';
import type { PublicJwk } from '../keys/authority-keys.ts';
import { buildDocsPage, docsStyle } from './docs-page.ts';
import { buildOpenApi } from './openapi.ts';

export interface PublicPages {
  name: string;
  jwk: PublicJwk;
  db: Database;
  isStopping: () => boolean;
}

/** What anybody may fetch: the key, the API's description, and whether the server lives. */
export function registerPublicPages(app: FastifyInstance, { name, jwk, db, isStopping }: PublicPages): void {
  // Built once: the rows do not change while the server runs.
  const openApi = JSON.stringify(buildOpenApi(name));
  const docs = buildDocsPage(name);
  const unlimited = { config: { rateLimit: false as const } };

  app.get('/.well-known/jwks.json', unlimited, async (_request, reply) => {
    reply.header('cache-control', 'public, max-age=300');
    return { keys: [jwk] };
  });
  app.get(`${apiPrefix}/openapi.json`, unlimited, async (_request, reply) => reply.type('application/json').send(openApi));
  app.get('/docs', unlimited, async (_request, reply) => reply.type('text/html').send(docs));
  app.get('/docs/docs.css', unlimited, async (_request, reply) => reply.type('text/css').send(docsStyle));
  app.get('/health', unlimited, async () => ({ status: 'ok' }));
  /** Whether new work should be sent here. */
  app.get('/ready', unlimited, async (_request, reply) => {
    const isReady = !isStopping() && db.raw.open && db.raw.prepare('SELECT 1').pluck().get() === 1;
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'not-ready' });
  });
}
