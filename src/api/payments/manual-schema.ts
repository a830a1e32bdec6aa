import { z } from 'zod';
import { MANUAL_METHODS } from '../../domain/means.ts';
import { day, words, oneOf } from '../http/read-input.ts';
import { amount, createPaymentBody } from './payment-schema.ts';

/** A cheque; manual-rules.ts says which post-dated ones are taken. */
export const check = z.strictObject({
  bank: words(1, 50),
  branch: words(1, 30),
  account: words(1, 30),
  number: words(1, 30),
  dueDate: day,
});

const PART_METHODS = [...MANUAL_METHODS, 'withheld'] as const;

/** One of several ways in which a payment came; manual-means.ts holds them together. */
const part = z.strictObject({
  method: oneOf(PART_METHODS).describe(
    '`withheld`: tax that the payer withheld at source. It is part of the sum and did not come as money.',
  ),
  amount,
  check: check.optional().describe('Required for method `check`. A receipt must name the cheque.'),
  brand: words(1, 40).optional().describe('Of a card.'),
  last4: z
    .string()
    .regex(/^\d{4}$/, 'must be four digits')
    .optional()
    .describe('Last four digits of a card.'),
  approvalNumber: words(1, 40).optional().describe('Of a card, a transfer or an app: its number there.'),
});
export type ManualPart = z.output<typeof part>;

/** Body of `POST /v1/payments/manual`. Rules that need the workspace are in manual-rules.ts. */
export const manualPaymentBody = createPaymentBody
  .pick({
    amount: true,
    description: true,
    reference: true,
    subject: true,
    items: true,
    discount: true,
    vatIncluded: true,
    vatTreatment: true,
    vatReason: true,
    serviceDate: true,
    customer: true,
    patient: true,
    sessionDates: true,
    printPatient: true,
    metadata: true,
  })
  .extend({
    method: oneOf(MANUAL_METHODS)
      .optional()
      .describe('How all of it was paid. Leave it out where `means` says so.'),
    means: z
      .array(part, { error: 'must be a list of parts' })
      .min(1, 'must name a part')
      .max(50, 'has 50 parts at most')
      .optional()
      .describe(
        'How it was paid where it came in several ways: several cheques, cash beside a transfer, tax withheld at source. The parts add up to what was paid, VAT included.',
      ),
    paidOn: day.describe(
      'The day on which the money came, in the time zone of the workspace. Where it lies in a period whose VAT may have been reported (`vatReturn` of the workspace; without it, before the last calendar month), or in closed books, the document bears the present day and names this one.',
    ),
    lateReason: words(1, 500)
      .optional()
      .describe(
        'Why it is recorded only now. Required where the money came a year ago or earlier. For your books.',
      ),
    check: check
      .optional()
      .describe(
        'Required for method `check`. A receipt must name the cheque. Post-dated cheques of a dealer of VAT have a receipt at once and the tax invoice on `dueDate`: all of the payment must then be cheques of one date.',
      ),
    notes: words(1, 1_000).optional().describe('For yourself. Printed nowhere.'),
  })
  .meta({ id: 'NewManualPayment' });
export type ManualPaymentBody = z.output<typeof manualPaymentBody>;
