import { Fault } from '../../../shared/base/errors.ts';
import { limits } from '../../../shared/base/limits.ts';

export interface HttpAnswer {
  status: number;
  contentType: string;
  text: string;
}

export interface HttpRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | null;
}

/** One exchange with a server; Faults: unreachable (no answer in time), protocol-error (an answer nobody should read). */
export type HttpExchange = (request: HttpRequest) => Promise<HttpAnswer>;

/**
 * @param fetch the platform's; an argument so that tests can cut the line
 * @param closing aborts what is under way, so that no slow server holds up the end of the app
 */
export function createHttpExchange(fetch: typeof globalThis.fetch, closing: AbortSignal): HttpExchange {
  return async ({ method, url, headers, body }) => {
    try {
      // A redirect could send the token to somebody else.
      const answer = await fetch(url, {
        method,
        headers,
        redirect: 'manual',
        signal: AbortSignal.any([closing, AbortSignal.timeout(limits.restAnswerMs)]),
        ...(body !== null && { body }),
      });
      return {
        status: answer.status,
        contentType: (answer.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '',
        text: await readBounded(answer),
      };
    } catch (error) {
      if (error instanceof Fault) throw error;
      throw new Fault('unreachable');
    }
  };
}

async function readBounded(answer: Response): Promise<string> {
  if (answer.body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const part of answer.body as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > limits.restAnswerBytes) throw new Fault('protocol-error', 'The server sent too much at once.');
    text += decoder.decode(part, { stream: true });
  }
  return text + decoder.decode();
}
