import { id } from '../http/answer.ts';
import type { Operations } from '../http/operation.ts';
import { noQuery } from '../http/read-input.ts';
import { createRefundBody, refundAnswer, refundsAnswer } from './refund-schema.ts';

const params = { id: id('payment').describe('The payment.') };

/** `/v1/payments/{id}/refunds`. */
export const refundOperations = {
  create: {
    id: 'createRefund',
    method: 'post',
    path: '/v1/payments/{id}/refunds',
    summary: 'Give money back',
    description:
      'Without `amount` all that is left goes back. Refunds never exceed what came in, under any concurrency.',
    caller: 'refunds:write',
    idempotencyKey: 'required',
    params,
    body: createRefundBody,
    answers: {
      201: { when: 'The refund ended: it is completed, or failed.', json: refundAnswer },
      202: { when: 'The provider has not answered yet. Read the refund again.', json: refundAnswer },
    },
    problems: [
      'refund_exceeds_charge',
      'refund_lines_required',
      'not_refundable',
      'outcome_unknown',
      'unsupported_operation',
    ],
    example: { amount: 5_000, reason: 'The visit was shorter' },
  },
  list: {
    id: 'listRefunds',
    method: 'get',
    path: '/v1/payments/{id}/refunds',
    summary: 'List the refunds of a payment, newest first',
    caller: 'payments:read',
    params,
    query: noQuery,
    answers: { 200: { when: 'All refunds of the payment.', json: refundsAnswer } },
  },
  get: {
    id: 'getRefund',
    method: 'get',
    path: '/v1/payments/{id}/refunds/{refundId}',
    summary: 'Read a refund',
    caller: 'payments:read',
    params: { ...params, refundId: id('refund').describe('The refund.') },
    query: noQuery,
    answers: { 200: { when: 'The refund.', json: refundAnswer } },
  },
} as const satisfies Operations;
