import { z } from 'zod';
import { CURRENCIES } from '../../domain/money.ts';
import { REFUND_METHODS } from '../../domain/refund.ts';
import { day, words } from '../http/read-input.ts';

/** Body of `POST /v1/payments/{id}/refunds`. Rules that need the payment are in refund-rules.ts. */
export const createRefundBody = z.strictObject({
  amount: z
    .int({ error: 'must be a whole number of minor units (agorot, cents)' })
    .min(1, 'must be 1 or more minor units')
    .max(Number.MAX_SAFE_INTEGER, 'is too large')
    .optional(),
  currency: z.enum(CURRENCIES, { error: `must be one of ${CURRENCIES.join(', ')}` }).optional(),
  reason: words(1, 500),
  method: z
    .enum(REFUND_METHODS, { error: `must be one of ${REFUND_METHODS.join(', ')}` })
    .default('original'),
  paidOn: day.optional(),
});
export type CreateRefundBody = z.output<typeof createRefundBody>;
