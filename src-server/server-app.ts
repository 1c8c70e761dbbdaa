import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyInstance } from 'fastify';
import { Fault } from '../shared/base/errors.ts';
import { limits } from '../shared/base/limits.ts';
import type { ServerConfig } from './config.ts';
import { type Deps, newId } from './deps.ts';
import { acceptJsonOnly } from './plugins/json-body.ts';
import { sendProblem, setProblems } from './plugins/problem.ts';
import { refuseNames } from './plugins/refuse-names.ts';
import { registerSockets } from './plugins/sockets.ts';

/** A slow sender of a body is cut off then, so that connections do not run out. */
const requestTimeoutMs = 30_000;

/**
 * Fastify as this server uses it, before any route: problems, bounds, headers, rates, sockets.
 * @param hasName false: it is reached by address only
 */
export async function createServerApp(
  config: ServerConfig,
  deps: Deps,
  { isStopping, hasName }: { isStopping: () => boolean; hasName: boolean },
): Promise<FastifyInstance> {
  const app = Fastify({
    ...(deps.logger === undefined ? { logger: false } : { loggerInstance: deps.logger }),
    bodyLimit: limits.restBodyBytes,
    requestTimeout: requestTimeoutMs,
    trustProxy: config.trust_proxy === '' ? false : config.trust_proxy,
    genReqId: () => newId(deps),
    frameworkErrors: (_error, request, reply) => void sendProblem(request, reply, new Fault('bad-request')),
  });
  // A connection kept alive would hold the server open for as long.
  app.addHook('onSend', async (_request, reply) => {
    if (isStopping()) reply.header('connection', 'close');
  });
  setProblems(app);
  if (!hasName) refuseNames(app);
  acceptJsonOnly(app);
  await app.register(helmet, {
    // Browsers heed it over TLS only. What else its owner has under the name is not ours to decide.
    strictTransportSecurity: { maxAge: 365 * 24 * 60 * 60, includeSubDomains: false },
    contentSecurityPolicy: {
      useDefaults: false,
      // The only page is /docs: its own style sheet, nothing else.
      directives: { defaultSrc: ["'none'"], styleSrc: ["'self'"], baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"] },
    },
  });
  if (config.rate_limits) {
    await app.register(rateLimit, { global: false, errorResponseBuilder: () => new Fault('rate-limited') });
  }
  await registerSockets(app);
  return app;
}
