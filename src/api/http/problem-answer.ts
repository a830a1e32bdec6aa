import { z } from 'zod';
import { PAYMENT_STATUSES } from '../../domain/payment.ts';
import { PROBLEMS } from '../../domain/problems.ts';
import type { ProblemCode } from '../../domain/problems.ts';
import { id } from './answer.ts';
import type { AnswerOf } from './answer.ts';

const CODES = Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]];

const fieldProblem = z.object({
  pointer: z.string().describe('JSON pointer into the body, as a URI fragment: `#/customer/email`.'),
  detail: z.string().describe('What is wrong with it and how to fix it.'),
});

/** Every refusal, as RFC 9457 has it. */
export const problemAnswer = z
  .object({
    type: z.string().describe('`urn:tashlum:problem:` and the code.'),
    title: z.string(),
    status: z.int().describe('The HTTP status.'),
    code: z.enum(CODES).describe('Stable: decide by it. New codes may come.'),
    detail: z.string().describe('A sentence for people. It may change.'),
    errors: z.array(fieldProblem).optional().describe('The wrong fields.'),
    paymentId: id('payment')
      .optional()
      .describe('For `reference_taken`: the payment that has the reference.'),
    paymentStatus: z.enum(PAYMENT_STATUSES).optional().describe('Its status.'),
  })
  .meta({ id: 'Problem', description: 'A refusal (RFC 9457), sent as `application/problem+json`.' });
export type ProblemJson = AnswerOf<typeof problemAnswer>;
