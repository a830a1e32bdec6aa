import { describe, expect, it } from '#jest';
import type { Request, Response } from 'express';
import { Problem, fieldProblem } from '../../domain/problems.ts';
import type { Logger } from '../../logger.ts';
import { createErrorHandler } from './problem-json.ts';

/** The answer to an error, and its log line. */
function answerTo(error: unknown) {
  const logged: unknown[] = [];
  const handler = createErrorHandler({
    logger: { error: (line: unknown) => logged.push(line) } as unknown as Logger,
    isDatabaseDown: (thrown) => thrown instanceof Error && thrown.message === 'database is down',
  });
  const sent = { status: 0, type: '', body: '', headers: {} as Record<string, string> };
  const response = {
    headersSent: false,
    set: (name: string, value: string) => void (sent.headers[name] = value),
    status: (status: number) => ((sent.status = status), response),
    type: (type: string) => ((sent.type = type), response),
    send: (body: string) => ((sent.body = body), response),
  };
  const request = { method: 'GET', originalUrl: '/pay/secret-token?x=1' } as unknown as Request;
  void handler(error, request, response as unknown as Response, () => undefined);
  return { ...sent, json: JSON.parse(sent.body) as Record<string, unknown>, logged };
}

describe('an error', () => {
  it('of ours is said as it is, with its fields', () => {
    const answer = answerTo(fieldProblem('#/amount', 'must be 1 or more'));
    expect(answer.type).toBe('application/problem+json');
    expect(answer.json).toMatchObject({
      status: 422,
      code: 'validation_failed',
      errors: [{ pointer: '#/amount', detail: 'must be 1 or more' }],
    });
    expect(answer.logged).toEqual([]);
  });

  it('that will pass says when to come back', () => {
    const late = answerTo(new Problem('rate_limited', 'slow down', { retryAfterSeconds: 3 }));
    expect([late.status, late.headers]).toEqual([429, { 'Retry-After': '3' }]);
    const down = answerTo(new Error('database is down'));
    expect([down.status, down.json['code'], down.headers]).toEqual([
      503,
      'unavailable',
      { 'Retry-After': '2' },
    ]);
  });

  it('that nobody expected gives nothing away, and is logged without a token', () => {
    const answer = answerTo(new TypeError('secret detail at /srv/app.js'));
    expect([answer.status, answer.json['code']]).toEqual([500, 'internal_error']);
    expect(answer.body).not.toMatch(/secret|srv|TypeError/);
    expect(answer.logged).toMatchObject([{ path: '/pay/***' }]);
  });

  it.each([
    [{ type: 'entity.too.large' }, 413, 'body_too_large'],
    [{ type: 'request.aborted' }, 400, 'malformed_json'],
    [{ type: 'encoding.unsupported' }, 415, 'unsupported_media_type'],
    [new URIError('URI malformed'), 404, 'not_found'],
    [null, 500, 'internal_error'],
  ])('of the body or the address is told by its kind: %j', (error, status, code) => {
    const answer = answerTo(error);
    expect([answer.status, answer.json['code']]).toEqual([status, code]);
  });
});
