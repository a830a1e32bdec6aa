import { describe, expect, it } from '#jest';
import { PROBLEMS, Problem, fieldProblem } from './problems.ts';
import type { ProblemCode } from './problems.ts';

const CODES = Object.keys(PROBLEMS) as ProblemCode[];

describe('a problem', () => {
  it.each(CODES)('%s answers with a status of the error range, under a snake_case code', (code) => {
    expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(new Problem(code, 'why').status).toBe(PROBLEMS[code]);
    expect(PROBLEMS[code]).toBeGreaterThanOrEqual(400);
    expect(PROBLEMS[code]).toBeLessThan(600);
  });

  it.each([
    ['malformed_json', 400],
    ['idempotency_key_required', 400],
    ['idempotency_key_invalid', 400],
    ['unauthorized', 401],
    ['insufficient_scope', 403],
    ['not_found', 404],
    ['already_paid', 409],
    ['no_payment_provider', 409],
    ['outcome_unknown', 409],
    ['reference_taken', 409],
    ['body_too_large', 413],
    ['unsupported_media_type', 415],
    ['validation_failed', 422],
    ['document_issuer_conflict', 422],
    ['vat_country_unsupported', 422],
    ['rate_limited', 429],
    ['unavailable', 503],
  ] as const)('%s is a %p, as the contract promises', (code, status) => {
    expect(new Problem(code, 'why').status).toBe(status);
  });

  it('carries its sentence, and no field or delay unless told', () => {
    const problem = new Problem('not_found', 'no payment has this id');
    expect(problem).toBeInstanceOf(Error);
    expect(problem).toMatchObject({
      name: 'Problem',
      code: 'not_found',
      message: 'no payment has this id',
      fields: [],
      retryAfterSeconds: null,
    });
    expect(new Problem('rate_limited', 'slow down', { retryAfterSeconds: 0 }).retryAfterSeconds).toBe(0);
  });
});

describe('a problem of one field', () => {
  it('is a 422 that points at the field, in the list and in the sentence', () => {
    const problem = fieldProblem('#/customer/email', 'is no address; write name@example.com');
    expect(problem).toMatchObject({ code: 'validation_failed', status: 422 });
    expect(problem.fields).toEqual([
      { pointer: '#/customer/email', detail: 'is no address; write name@example.com' },
    ]);
    expect(problem.message).toBe('#/customer/email: is no address; write name@example.com');
  });

  it('may have a code of its own', () => {
    expect(fieldProblem('#/vatRegistered', 'is not supported', 'vat_country_unsupported').code).toBe(
      'vat_country_unsupported',
    );
  });
});
