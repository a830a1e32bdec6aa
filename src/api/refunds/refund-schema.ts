import { z } from 'zod';
import { CURRENCIES } from '../../domain/money.ts';
import { REFUND_METHODS, REFUND_ORIGINS, REFUND_STATUSES } from '../../domain/refund.ts';
import { at, currency, id, minor, nextCheckAt, onDay, outcome } from '../http/answer.ts';
import type { AnswerOf } from '../http/answer.ts';
import { day, words, oneOf } from '../http/read-input.ts';
import { quantity } from '../payments/payment-schema.ts';

/** A sum of money in minor units. */
export const minorUnits = z
  .int({ error: 'must be a whole number of minor units (agorot, cents)' })
  .min(1, 'must be 1 or more minor units')
  .max(Number.MAX_SAFE_INTEGER, 'is too large');

/** The lines of a credit. Rules that need the document are in credit-items.ts. */
export const creditItemsField = z
  .array(
    z.strictObject({
      line: z
        .int({ error: 'must be a whole number' })
        .min(1, 'must be 1 or more')
        .max(100, 'must be 100 or less')
        .describe('The place of the line on the document; the first is 1.'),
      quantity: quantity
        .optional()
        .describe('How many of its units go back. Default: the credit shows the amount alone.'),
      amount: minorUnits.describe('What goes back of this line, VAT included, in minor units.'),
    }),
    { error: 'must be a list of lines' },
  )
  .min(1, 'must name a line')
  .max(100, 'has 100 lines at most');

/** Body of `POST /v1/payments/{id}/refunds`. Rules that need the payment are in refund-rules.ts. */
export const createRefundBody = z
  .strictObject({
    amount: minorUnits
      .optional()
      .describe('In minor units. Default: the sum of `items`, else all that is left.'),
    items: creditItemsField
      .optional()
      .describe(
        'The lines of the document that go back. Required for a part of a document that has lines with and without VAT.',
      ),
    currency: oneOf(CURRENCIES).optional(),
    reason: words(1, 500).describe('Printed on the credit document.'),
    method: oneOf(REFUND_METHODS)
      .default('original')
      .describe('`original`: the way it came. The others record what you gave back by hand.'),
    paidOn: day.optional().describe('For a refund by hand: the day on which the money went back.'),
  })
  .meta({ id: 'NewRefund' });
export type CreateRefundBody = z.output<typeof createRefundBody>;

/** A refund as the API shows it. */
export const refundAnswer = z
  .object({
    id: id('refund'),
    paymentId: id('payment'),
    amount: minor.describe('In minor units.'),
    currency,
    status: z
      .enum(REFUND_STATUSES)
      .describe('`pending`: it is on its way, or nobody knows yet what became of it.'),
    outcome,
    nextCheckAt,
    method: z.enum(REFUND_METHODS).describe('`original`: the way the money came.'),
    origin: z
      .enum(REFUND_ORIGINS)
      .describe(
        'Who caused it: the app, the dashboard of the provider, a decision on a review, a lost dispute.',
      ),
    reason: z.string(),
    failure: z.string().nullable().describe('Why it failed, in our words.'),
    paidOn: onDay.nullable().describe('The day on which the money went back, where a person says so.'),
    items: z
      .array(z.object({ line: z.int(), quantity: z.number().optional(), amount: minor }))
      .nullable()
      .describe('The lines of the document that go back, where they were named.'),
    documentId: id('document').nullable().describe('Its credit document.'),
    invoiceCreditId: id('document')
      .nullable()
      .describe(
        'Its second credit document: of the tax invoice that had followed the receipt of post-dated cheques.',
      ),
    createdAt: at,
  })
  .meta({ id: 'Refund', description: 'Money given back to the payer, whole or in part.' });
export type RefundJson = AnswerOf<typeof refundAnswer>;

/** All refunds of a payment, newest first. The list is complete: `next` is always null. */
export const refundsAnswer = z
  .object({ data: z.array(refundAnswer), next: z.null() })
  .meta({ id: 'RefundList' });
