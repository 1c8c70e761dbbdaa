import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Fault, faults, type FaultCode, type FieldFault } from '../../shared/base/errors.ts';

/** RFC 9457 problem details as this API sends them. */
interface Problem {
  type: string;
  title: string;
  status: number;
  code: FaultCode;
  detail: string;
  request_id: string;
  errors?: readonly FieldFault[];
}

/** What fastify itself refuses, before a handler is asked; all else below 500 has a wrong form. */
const codesOfFastify: Readonly<Record<string, FaultCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_INSTANCE_CLOSED: 'unavailable',
};

function faultOf(error: unknown): Fault | null {
  if (error instanceof Fault) return error;
  const { code, statusCode } = error as Partial<FastifyError>;
  const known = code === undefined ? undefined : codesOfFastify[code];
  if (known !== undefined) return new Fault(known);
  if (statusCode === 503) return new Fault('unavailable');
  return statusCode !== undefined && statusCode >= 400 && statusCode < 500 ? new Fault('bad-request') : null;
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, fault: Fault): FastifyReply {
  const { http, title } = faults[fault.code];
  const problem: Problem = {
    type: 'about:blank',
    title,
    status: http,
    code: fault.code,
    detail: fault.message,
    request_id: request.id,
    ...(fault.errors.length > 0 && { errors: fault.errors }),
  };
  return reply.code(http).type('application/problem+json').send(JSON.stringify(problem));
}

/** Every refusal is a problem; what was not foreseen is logged here and shown without a word of it. */
export function setProblems(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const fault = faultOf(error);
    if (fault === null) request.log.error({ err: error }, 'unforeseen');
    return sendProblem(request, reply, fault ?? new Fault('internal'));
  });
  app.setNotFoundHandler((request, reply) => sendProblem(request, reply, new Fault('not-found')));
}
