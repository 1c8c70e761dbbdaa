import { Fault } from '../../../shared/base/errors.ts';
import { apiPrefix, operations, type OperationName } from '../../../shared/api/operations.ts';

export interface RestRequest {
  method: string;
  /** Path and query, below the server's origin. */
  path: string;
  /** JSON; null: no body. */
  body: string | null;
}

/**
 * What goes over the wire for one operation, all of it from its row: `:key`s of the path, then query (GET, DELETE) or JSON
 * body. Throws 'bad-request' when `input` does not fit the row.
 */
export function buildRestRequest(name: OperationName, input: unknown): RestRequest {
  const row = operations[name];
  const parsed = row.input.safeParse(input);
  if (!parsed.success) {
    const errors = parsed.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }));
    throw new Fault('bad-request', undefined, errors);
  }
  const rest = new Map<string, unknown>(Object.entries(parsed.data).filter(([, value]) => value !== undefined));
  const path = row.path.replace(/:([a-z_]+)/g, (_, key: string) => {
    const value = String(rest.get(key));
    rest.delete(key);
    return encodeURIComponent(value);
  });
  if (row.method === 'GET' || row.method === 'DELETE') {
    const query = new URLSearchParams([...rest].map(([key, value]): [string, string] => [key, String(value)])).toString();
    return { method: row.method, path: `${apiPrefix}${path}${query === '' ? '' : `?${query}`}`, body: null };
  }
  return { method: row.method, path: apiPrefix + path, body: JSON.stringify(Object.fromEntries(rest)) };
}
