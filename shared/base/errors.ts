/**
 * The one table of everything that can be refused. The code crosses the wire, prose does not: each layer reads its own column.
 *
 * - `http`: status of a REST answer.
 * - `close`: WebSocket close code (4000 + a number of our own; 1xxx where RFC 6455 has one).
 * - `retry`: what a client may do: `never` (the same call is refused again), `later` (after waiting), `after-sign-in`.
 * - `title`: one short English sentence for problem details and logs; the interface has its own words.
 */
export const faults = {
  'bad-request': { http: 400, close: 4400, retry: 'never', title: 'The request does not have the expected form.' },
  unauthorized: { http: 401, close: 4401, retry: 'after-sign-in', title: 'A valid access token is needed.' },
  'wrong-credentials': { http: 401, close: 4401, retry: 'never', title: 'E-mail or password is wrong.' },
  forbidden: { http: 403, close: 4403, retry: 'never', title: 'Your role does not permit this.' },
  'not-found': { http: 404, close: 4404, retry: 'never', title: 'Nothing here.' },
  'method-not-allowed': { http: 405, close: 4405, retry: 'never', title: 'This address does not take that method.' },
  'email-taken': { http: 409, close: 4409, retry: 'never', title: 'An account with this e-mail exists.' },
  'session-full': { http: 409, close: 4409, retry: 'later', title: 'All seats of the session are taken.' },
  'wrong-status': { http: 409, close: 4409, retry: 'never', title: 'The session is not in a state that allows this.' },
  'already-participant': { http: 409, close: 4409, retry: 'never', title: 'This person takes part already.' },
  'invitation-closed': { http: 409, close: 4409, retry: 'never', title: 'This invitation is no longer open.' },
  'too-many': { http: 409, close: 4409, retry: 'never', title: 'There are too many of these already.' },
  'owner-cannot-leave': { http: 409, close: 4409, retry: 'never', title: 'The owner transfers or ends the session instead of leaving it.' },
  'device-known': { http: 409, close: 4409, retry: 'never', title: 'This device key belongs to somebody else.' },
  'idempotency-conflict': { http: 409, close: 4409, retry: 'never', title: 'The Idempotency-Key was used for another request.' },
  'already-recording': { http: 409, close: 4409, retry: 'never', title: 'A recording runs already.' },
  'not-recording': { http: 409, close: 4409, retry: 'never', title: 'No recording runs.' },
  'invalid-code': { http: 404, close: 4404, retry: 'never', title: 'This join code is not valid.' },
  'too-large': { http: 413, close: 1009, retry: 'never', title: 'Too much at once.' },
  'unsupported-media-type': { http: 415, close: 4415, retry: 'never', title: 'Only JSON is accepted here.' },
  unprocessable: { http: 422, close: 4422, retry: 'never', title: 'A field has a value that is not accepted.' },
  'registration-closed': { http: 403, close: 4403, retry: 'never', title: 'This server does not take new accounts.' },
  'account-needed': { http: 403, close: 4403, retry: 'never', title: 'This needs an account with an e-mail.' },
  'account-disabled': { http: 403, close: 4403, retry: 'never', title: 'The administrator has disabled this account.' },
  'last-administrator': { http: 409, close: 4409, retry: 'never', title: 'Somebody else must be administrator first.' },
  'mail-not-set-up': { http: 409, close: 4409, retry: 'never', title: 'This server sends no mail.' },
  'mail-not-sent': { http: 503, close: 4503, retry: 'later', title: 'The mail could not be sent.' },
  'rate-limited': { http: 429, close: 4429, retry: 'later', title: 'Too many requests; wait a moment.' },
  internal: { http: 500, close: 1011, retry: 'later', title: 'Something went wrong on the server.' },
  unavailable: { http: 503, close: 1012, retry: 'later', title: 'The server is starting or stopping.' },
  unreachable: { http: 503, close: 4503, retry: 'later', title: 'The server cannot be reached.' },
  'disk-full': { http: 507, close: 4507, retry: 'later', title: 'The disk of this computer is full.' },
  'disk-failed': { http: 500, close: 4500, retry: 'later', title: 'The disk of this computer does not take what is to be kept.' },
  'data-damaged': { http: 500, close: 4500, retry: 'never', title: 'A file of this program is damaged.' },
  'port-taken': { http: 503, close: 4503, retry: 'later', title: 'Another program has the port of this app.' },
  'hello-timeout': { http: 408, close: 4408, retry: 'later', title: 'The other side did not prove itself in time.' },
  'proof-failed': { http: 401, close: 4410, retry: 'never', title: 'The other side could not prove who it is.' },
  'protocol-error': { http: 400, close: 4411, retry: 'never', title: 'A message does not follow the protocol.' },
  'version-mismatch': { http: 400, close: 4412, retry: 'never', title: 'The two programs speak different versions.' },
  'link-dead': { http: 408, close: 4413, retry: 'later', title: 'The other side stopped answering.' },
  'not-a-reader': { http: 403, close: 4414, retry: 'never', title: 'The other side may not read this session.' },
  'going-away': { http: 503, close: 1001, retry: 'later', title: 'The other side is leaving.' },
} as const satisfies Record<string, { http: number; close: number; retry: 'never' | 'later' | 'after-sign-in'; title: string }>;

export type FaultCode = keyof typeof faults;

/** One refused value: where it is (`name.0.role`) and what is wrong with it. */
export interface FieldFault {
  path: string;
  message: string;
}

/** A refusal that a caller is meant to see. Anything else that is thrown is a bug and is shown as `internal`. */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly code: FaultCode;
  readonly errors: readonly FieldFault[];

  constructor(code: FaultCode, detail?: string, errors: readonly FieldFault[] = []) {
    super(detail ?? faults[code].title);
    this.code = code;
    this.errors = errors;
  }
}

export function isFaultCode(value: unknown): value is FaultCode {
  return typeof value === 'string' && Object.hasOwn(faults, value);
}
