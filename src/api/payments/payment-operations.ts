import type { Operations } from '../http/operation.ts';
import { emptyBody, noQuery } from '../http/read-input.ts';
import { id } from '../http/answer.ts';
import { resolveBody } from '../reviews/resolve-schema.ts';
import { manualPaymentBody } from './manual-schema.ts';
import { paymentAnswer, paymentsAnswer, timelineAnswer } from './payment-answer.ts';
import { createPaymentBody, listPaymentsQuery, qrQuery, timelineQuery } from './payment-schema.ts';

const params = { id: id('payment').describe('The payment.') };

/** `/v1/payments`. */
export const paymentOperations = {
  create: {
    id: 'createPayment',
    method: 'post',
    path: '/v1/payments',
    summary: 'Ask for a payment',
    description:
      'Send `link.url` to the payer. The same key and body make one payment, however often they are sent.',
    caller: 'links:write',
    idempotencyKey: 'required',
    body: createPaymentBody,
    answers: {
      201: {
        when: 'The payment is there with its link, or it failed at once (`failure` says why).',
        json: paymentAnswer,
      },
      202: {
        when: 'The provider has not made the page yet. Read the payment again until it has a `link`.',
        json: paymentAnswer,
      },
    },
    problems: ['no_payment_provider', 'reference_taken', 'issuer_incomplete', 'unsupported_operation'],
    example: {
      amount: 35_000,
      description: 'פגישת ייעוץ',
      reference: 'visit-2026-0117',
      customer: { name: 'דנה לוי', email: 'dana@example.com', phone: '050-123-4567', locale: 'he' },
      patient: { name: 'נועה לוי', taxId: '000000018' },
      sessionDates: ['2026-01-05', '2026-01-12'],
      successUrl: 'https://clinic.example/paid',
      maxInstallments: 3,
      metadata: { room: '4' },
    },
  },
  list: {
    id: 'listPayments',
    method: 'get',
    path: '/v1/payments',
    summary: 'List payments, newest first',
    description: 'By provider, method, subject and review only keys with `payments:read` may choose.',
    caller: 'links:read',
    query: listPaymentsQuery,
    answers: { 200: { when: 'A page of payments.', json: paymentsAnswer } },
  },
  get: {
    id: 'getPayment',
    method: 'get',
    path: '/v1/payments/{id}',
    summary: 'Read a payment',
    caller: 'links:read',
    params,
    query: noQuery,
    answers: { 200: { when: 'The payment.', json: paymentAnswer } },
  },
  linkQr: {
    id: 'getLinkQr',
    method: 'get',
    path: '/v1/payments/{id}/link/qr',
    summary: 'Get the link of a payment as a QR code',
    description: 'For a screen or a print at the desk. 404 while the payment has no link.',
    caller: 'links:read',
    params,
    query: qrQuery,
    answers: { 200: { when: 'The picture, black on white.', file: ['image/svg+xml', 'image/png'] } },
  },
  timeline: {
    id: 'getTimeline',
    method: 'get',
    path: '/v1/payments/{id}/timeline',
    summary: 'Read everything that happened to a payment',
    description:
      '`format=zip` is evidence for a dispute, redacted: timeline, copies of the documents, webhooks as received, the audit entries with their chain, and `index.html`, which says what each file is.',
    caller: 'payments:read',
    params,
    query: timelineQuery,
    answers: {
      200: { when: 'All of it, oldest first.', json: timelineAnswer, file: 'application/zip' },
    },
    problems: ['document_not_ready'],
  },
  createManual: {
    id: 'recordManualPayment',
    method: 'post',
    path: '/v1/payments/manual',
    summary: 'Record money that you took yourself',
    description:
      'Cash, a cheque, a transfer, an app, or several of them. No provider is asked. The payment is completed with its receipt. A cheque that bounces is refunded like any other payment.',
    caller: 'payments:write',
    idempotencyKey: 'required',
    body: manualPaymentBody,
    answers: {
      201: { when: 'The payment is completed.', json: paymentAnswer },
      202: { when: 'It is stored, and its document is not issued yet.', json: paymentAnswer },
    },
    problems: [
      'reference_taken',
      'issuer_incomplete',
      'postdated_check_unsupported',
      'unsupported_operation',
    ],
    example: {
      amount: 20_000,
      method: 'cash',
      paidOn: '2026-01-15',
      description: 'ייעוץ',
      reference: 'desk-2026-0042',
      customer: { name: 'דנה לוי' },
    },
  },
  check: {
    id: 'checkPayment',
    method: 'post',
    path: '/v1/payments/{id}/check',
    summary: 'Ask the provider now',
    caller: 'payments:write',
    params,
    body: emptyBody,
    onRepeat: 'it books only what is not booked yet',
    answers: {
      200: { when: 'The provider was asked.', json: paymentAnswer },
      202: { when: 'The provider is still being asked.', json: paymentAnswer },
    },
    example: {},
  },
  request: {
    id: 'requestPayment',
    method: 'post',
    path: '/v1/payments/{id}/request',
    summary: 'Mail the payment request to the payer, or mail it again',
    caller: 'links:write',
    params,
    body: emptyBody,
    idempotencyKey: 'optional',
    answers: { 202: { when: 'The mail goes out by itself.', json: paymentAnswer } },
    problems: ['already_paid', 'outcome_unknown', 'not_open'],
    example: {},
  },
  cancel: {
    id: 'cancelPayment',
    method: 'post',
    path: '/v1/payments/{id}/cancel',
    summary: 'End an unpaid payment',
    description:
      'The provider is asked first. A payment that turns out to be paid is completed instead. A payment that stays open, because a person must decide or news of money came, is a 409 that says so.',
    caller: 'payments:write',
    params,
    body: emptyBody,
    onRepeat: 'a cancelled payment stays cancelled',
    answers: {
      200: { when: 'The payment is cancelled.', json: paymentAnswer },
      202: { when: 'The provider has not answered yet. Read the payment again.', json: paymentAnswer },
    },
    problems: ['already_paid', 'outcome_unknown', 'not_open'],
    example: {},
  },
  resolve: {
    id: 'resolveReview',
    method: 'post',
    path: '/v1/payments/{id}/resolve',
    summary: 'Decide the review of a payment',
    description:
      'What gives money back needs the scope `refunds:write` too. 409 `conflict`: the decision was not carried out, and why; the review is still open.',
    caller: 'payments:write',
    params,
    body: resolveBody,
    onRepeat: 'a review is closed once',
    answers: {
      200: { when: 'The decision is carried out.', json: paymentAnswer },
      202: { when: 'The decision is stored and being carried out.', json: paymentAnswer },
    },
    problems: [
      'no_open_review',
      'conflict',
      'not_refundable',
      'refund_lines_required',
      'unsupported_operation',
    ],
    example: { action: 'accept', reason: 'The payer paid less on purpose' },
  },
} as const satisfies Operations;
