import { z } from 'zod';
import { REVIEW_ACTIONS } from '../../domain/review.ts';
import { creditItemsField, minorUnits } from '../refunds/refund-schema.ts';
import { text, words, oneOf } from '../http/read-input.ts';

/** Body of `POST /v1/payments/{id}/resolve`. Rules that need the payment are in resolve-route.ts. */
export const resolveBody = z
  .strictObject({
    action: oneOf(REVIEW_ACTIONS).describe(
      'Which of them are possible depends on the review (docs/operations.md).',
    ),
    reason: words(1, 500).describe('Kept in the audit log.'),
    paid: z
      .boolean({ error: 'must be true or false' })
      .optional()
      .describe('For `unknown_outcome`: whether the dashboard of the provider shows the refund.'),
    transactionId: text(1, 200).optional().describe('For `unknown_outcome`: its id in that dashboard.'),
    items: creditItemsField
      .optional()
      .describe('For `refund_lines_required`: the lines of the document that the refund took back.'),
    disputes: z
      .array(
        z.strictObject({
          disputeId: text(1, 200).describe('Its id at the provider, as events and the timeline name it.'),
          takenAmount: minorUnits
            .optional()
            .describe(
              'What the payer’s bank took of the charge, in minor units of the currency of the charge, as the provider’s dashboard says. For `refund`, where the dispute is in another currency.',
            ),
        }),
        { error: 'must be a list of disputes' },
      )
      .min(1, 'must name a dispute')
      .max(100, 'has 100 disputes at most')
      .optional()
      .describe(
        'For `provider_dispute`: the disputes that you decide about. Default: all that are open or lost. What comes later is decided by itself.',
      ),
    refundId: text(1, 200).optional().describe('The refund that you decide about, where there are several.'),
  })
  .meta({ id: 'Resolution' });
export type ResolveBody = z.output<typeof resolveBody>;
