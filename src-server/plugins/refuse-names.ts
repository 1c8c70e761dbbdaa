import { isIP } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { Fault } from '../../shared/base/errors.ts';

/** The host of a Host header, without its port and the brackets of IPv6. */
function hostOf(header: string | undefined): string {
  return (header ?? '').replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
}

/**
 * For an authority that has no name: a web page that has its own name point at this network (DNS rebinding) shows that name as
 * Host, and is refused. An address cannot be pointed elsewhere.
 */
export function refuseNames(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ headers }) => {
    if (isIP(hostOf(headers.host)) === 0) throw new Fault('forbidden', 'This server is reached by its address only.');
  });
}
