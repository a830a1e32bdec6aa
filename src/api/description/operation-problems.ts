import type { ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import { PROBLEMS } from '../../domain/problems.ts';
import type { ProblemCode } from '../../domain/problems.ts';
import type { Operation } from '../http/operation.ts';
import { nameOf } from './event-webhooks.ts';
import { PROBLEM_MEANINGS } from '../../domain/problem-meanings.ts';

/** Refusals of everything below `/v1`. */
const OF_EVERY_CALL = [
  'unauthorized',
  'header_invalid',
  'rate_limited',
  'internal_error',
  'unavailable',
] as const;
const OF_BODIES = [
  'malformed_json',
  'body_too_large',
  'unsupported_media_type',
  'validation_failed',
] as const;
const OF_KEYS = [
  'idempotency_key_invalid',
  'idempotency_key_reused',
  'idempotency_in_progress',
  'idempotency_answer_gone',
] as const;

/** Every code that an operation can answer with: what follows from its fields, and its own. */
export function codesOf(operation: Operation): readonly ProblemCode[] {
  const { caller, params, query, body, bodyFiles, idempotencyKey, problems = [] } = operation;
  if (caller === 'public') return problems;
  const codes = new Set<ProblemCode>([...OF_EVERY_CALL, ...problems]);
  const add = (isSo: boolean, more: readonly ProblemCode[]): void => {
    if (isSo) more.forEach((code) => codes.add(code));
  };
  add(caller !== 'workspace', ['insufficient_scope']);
  add(params !== undefined, ['not_found']);
  add(query !== undefined, ['validation_failed']);
  add(body !== undefined || bodyFiles !== undefined, OF_BODIES);
  add(idempotencyKey === 'required', ['idempotency_key_required']);
  add(idempotencyKey !== undefined, OF_KEYS);
  return [...codes];
}

/** The answers of an operation that are problems, by status. */
export function problemAnswersOf(operation: Operation): ZodOpenApiResponsesObject {
  const codes = codesOf(operation);
  const statuses = [...new Set(codes.map((code) => PROBLEMS[code]))].sort((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => [`${status}`, refusalOf(codes.filter((code) => PROBLEMS[code] === status))]),
  );
}

/** When to ask again. */
export const RETRY_AFTER = {
  'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 0 } },
} as const;

/** Those of one code are told once, and named by it. */
const SINGLE = new Map(
  (Object.keys(PROBLEMS) as ProblemCode[]).map((code) => [code, { id: nameOf(code), ...describe([code]) }]),
);

function refusalOf(codes: readonly ProblemCode[]): ZodOpenApiResponseObject {
  const [first, ...others] = codes;
  return (first !== undefined && others.length === 0 ? SINGLE.get(first) : undefined) ?? describe(codes);
}

function describe(codes: readonly ProblemCode[]): ZodOpenApiResponseObject {
  const lines = codes.map((code) => `- \`${code}\`: ${PROBLEM_MEANINGS[code]}`);
  return {
    description: lines.join('\n'),
    ...(lines.some((line) => line.includes('Retry-After')) ? { headers: RETRY_AFTER } : {}),
    content: {
      'application/problem+json': {
        schema: {
          allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: [...codes] } } }],
        },
      },
    },
  };
}
