import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { Problem } from '../../domain/problems.ts';
import type { Logger } from '../../logger.ts';
import { maskPath } from '../../logger.ts';
import type { ProblemJson } from './problem-answer.ts';

/** The address of problem types. The code is the last part. */
const TYPE_BASE = 'urn:tashlum:problem:';

/** Answers a problem as RFC 9457. */
export function sendProblem(response: Response, problem: Problem): void {
  if (problem.retryAfterSeconds !== null) response.set('Retry-After', String(problem.retryAfterSeconds));
  response
    .status(problem.status)
    .type('application/problem+json')
    .send(JSON.stringify(toProblemJson(problem)));
}

/** The body of a problem. */
export function toProblemJson(problem: Problem): ProblemJson {
  return {
    type: TYPE_BASE + problem.code,
    title: problem.code.replaceAll('_', ' '),
    status: problem.status,
    code: problem.code,
    detail: problem.message,
    ...(problem.fields.length > 0 ? { errors: problem.fields } : {}),
    ...(problem.payment === null
      ? {}
      : { paymentId: problem.payment.id, paymentStatus: problem.payment.status }),
  };
}

/**
 * Turns every error into an answer: our problems as they are, a broken body by its kind, anything else as a 500
 * without detail.
 */
export function createErrorHandler(deps: {
  logger: Logger;
  isDatabaseDown: (error: unknown) => boolean;
}): ErrorRequestHandler {
  return (error: unknown, request: Request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const problem = toProblem(error, deps.isDatabaseDown);
    if (problem.status >= 500) {
      deps.logger.error(
        { err: error, method: request.method, path: maskPath(request.originalUrl) },
        'a request failed',
      );
    }
    sendProblem(response, problem);
  };
}

/** The answer for unknown paths. */
export const notFound: RequestHandler = (request, response) => {
  sendProblem(
    response,
    new Problem('not_found', `no such endpoint: ${request.method} ${maskPath(request.path)}`),
  );
};

function toProblem(error: unknown, isDatabaseDown: (error: unknown) => boolean): Problem {
  if (error instanceof Problem) return error;
  if (isDatabaseDown(error)) {
    return new Problem('unavailable', 'the database is not reachable; try again', { retryAfterSeconds: 2 });
  }
  if (error instanceof URIError)
    return new Problem('not_found', 'the address is not percent-encoded correctly');
  return (
    bodyProblem(error) ?? new Problem('internal_error', 'something went wrong on our side; it was logged')
  );
}

/** Errors of Express's body parsers have a type. */
function bodyProblem(error: unknown): Problem | null {
  if (typeof error !== 'object' || error === null || !('type' in error)) return null;
  switch (error.type) {
    case 'entity.too.large':
      return new Problem('body_too_large', 'the body is larger than 256 KiB');
    case 'entity.parse.failed':
    case 'request.aborted':
    case 'request.size.invalid':
      return new Problem('malformed_json', 'the body is not valid JSON');
    case 'charset.unsupported':
    case 'encoding.unsupported':
      return new Problem('unsupported_media_type', 'the body must be UTF-8 JSON without content encoding');
    default:
      return null;
  }
}
