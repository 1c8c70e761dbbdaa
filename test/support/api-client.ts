import type { Operation } from '../../shared/api/operation.ts';
import { apiPrefix, type InputOf, type OperationName, operations, type OutputOf } from '../../shared/api/operations.ts';
import type { FaultCode } from '../../shared/base/errors.ts';

interface ProblemBody {
  status: number;
  code: FaultCode;
  request_id: string;
  errors?: { path: string; message: string }[];
}

export interface Reply<Body> {
  status: number;
  headers: Headers;
  /** Parsed by the row's own schema; undefined when the call was refused. */
  body?: Body;
  problem?: ProblemBody;
}

/** How an input travels: names of the path in it, the rest as query or body. */
export function requestOf(name: OperationName, input: Record<string, unknown>): { method: string; path: string; body?: string } {
  const row: Operation = operations[name];
  const rest = new Map(Object.entries(input));
  const path = row.path.replaceAll(/:(\w+)/g, (_whole, key: string) => {
    const value = rest.get(key);
    rest.delete(key);
    return encodeURIComponent(String(value));
  });
  if (row.method === 'GET' || row.method === 'DELETE') {
    const query = new URLSearchParams([...rest].map(([key, value]) => [key, String(value)])).toString();
    return { method: row.method, path: `${apiPrefix}${path}${query === '' ? '' : `?${query}`}` };
  }
  return { method: row.method, path: apiPrefix + path, body: JSON.stringify(Object.fromEntries(rest)) };
}

/** Any REST operation over a real connection, by its row. */
export async function callApi<N extends OperationName>(
  url: string,
  name: N,
  input: InputOf<N>,
  token?: string,
  headers: Record<string, string> = {},
): Promise<Reply<OutputOf<N>>> {
  const { method, path, body } = requestOf(name, input);
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body }),
  });
  const text = await response.text();
  const reply = { status: response.status, headers: response.headers };
  if (!response.ok) return { ...reply, problem: JSON.parse(text) as ProblemBody };
  return { ...reply, body: operations[name].output.parse(text === '' ? null : JSON.parse(text)) as OutputOf<N> };
}
