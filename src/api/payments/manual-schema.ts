import { z } from 'zod';
import { MANUAL_METHODS } from '../../domain/means.ts';
import { day, words } from '../http/read-input.ts';
import { createPaymentBody } from './payment-schema.ts';

/** For a cheque; manual-rules.ts refuses post-dated ones. */
export const check = z.strictObject({
  bank: words(1, 50),
  branch: words(1, 30),
  account: words(1, 30),
  number: words(1, 30),
  dueDate: day,
});

/** Body of `POST /v1/payments/manual`. Rules that need the workspace are in manual-rules.ts. */
export const manualPaymentBody = createPaymentBody
  .pick({
    amount: true,
    description: true,
    reference: true,
    subject: true,
    items: true,
    vatIncluded: true,
    vatTreatment: true,
    vatReason: true,
    serviceDate: true,
    customer: true,
    metadata: true,
  })
  .extend({
    method: z.enum(MANUAL_METHODS, { error: `must be one of ${MANUAL_METHODS.join(', ')}` }),
    paidOn: day.describe('The day on which the money came, in the time zone of the workspace.'),
    check: check.optional().describe('Required for method `check`. A receipt must name the cheque.'),
    notes: words(1, 1_000).optional().describe('For yourself. Printed nowhere.'),
  })
  .meta({ id: 'NewManualPayment' });
export type ManualPaymentBody = z.output<typeof manualPaymentBody>;
