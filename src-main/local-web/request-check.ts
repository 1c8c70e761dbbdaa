import type { IncomingMessage } from 'node:http';

/**
 * Whether a request was meant for this very server: a page of another site that has its name point at loopback (DNS
 * rebinding) shows another Host, one that calls across origins another Origin.
 */
export function isForThisServer({ headers }: IncomingMessage, port: number, needsOrigin: boolean): boolean {
  if (headers.host !== `127.0.0.1:${port}`) return false;
  if (headers.origin === undefined) return !needsOrigin;
  return headers.origin === `http://127.0.0.1:${port}`;
}
