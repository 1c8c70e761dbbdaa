import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RandomBytes } from '../../shared/base/ids.ts';
import { pageWithNonce, rendererHeaders } from '../core/renderer/content-policy.ts';
import { readRendererFile } from '../core/renderer/renderer-files.ts';
import type { Door } from './door.ts';
import { refusalPage } from './refusal-page.ts';
import { isForThisServer } from './request-check.ts';

export interface PageParts {
  door: Door;
  port: number;
  /** The built renderer. */
  root: string;
  random: RandomBytes;
}

/** Answers one request for a page or a file of the renderer. */
export async function answerPage(
  request: IncomingMessage,
  response: ServerResponse,
  { door, port, root, random }: PageParts,
): Promise<void> {
  const send = (status: number, content: string | Buffer, headers: Readonly<Record<string, string>>): void =>
    void response.writeHead(status, { 'cache-control': 'no-store', ...headers }).end(request.method === 'HEAD' ? undefined : content);
  const plain = (status: number, text: string, more: Record<string, string> = {}): void =>
    send(status, text, { ...rendererHeaders, 'content-type': 'text/plain; charset=utf-8', ...more });

  if (!isForThisServer(request, port, false)) return plain(403, 'Not for this address.\n');
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'Only GET.\n', { allow: 'GET, HEAD' });
  const base = `http://127.0.0.1:${port}`;
  if (!URL.canParse(request.url ?? '/', base)) return plain(400, 'Not an address.\n');
  const url = new URL(request.url ?? '/', base);

  const token = url.searchParams.get('token');
  const isKnown = door.hasCookie(request.headers.cookie);
  // HEAD does not use the token up: programs that preview a link would lock its owner out.
  const isNew = !isKnown && token !== null && request.method === 'GET' && door.takeToken(token);
  if (!isKnown && !isNew) {
    const { content, headers } = pageWithNonce(refusalPage, random);
    return send(403, content, { ...headers, 'content-type': 'text/html; charset=utf-8' });
  }

  const file = await readRendererFile(root, url.pathname, random);
  if (file === null) return plain(404, 'Nothing here.\n');
  send(200, file.content, {
    ...file.headers,
    ...(file.isImmutable && { 'cache-control': 'private, max-age=31536000, immutable' }),
    ...(isNew && { 'set-cookie': door.setCookie }),
  });
}
